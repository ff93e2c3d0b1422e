/* What a command may not be asked of a study of its kind is refused in a millisecond, and most arguments drawn at random are. */

/** What can be told of a study from its text, which may be none any more. */
interface Traits {
  readonly isCost: boolean;
  /** Values and scales that are distributions. */
  readonly isPlane: boolean;
  /** One number that is a distribution. */
  readonly isNumber: boolean;
  /** Each a type of its own, in no order. */
  readonly isSpace: boolean;
  readonly isPackages: boolean;
  readonly isEfficient: boolean;
  readonly isSeveralModels: boolean;
}

const traitsOf = (text: string): Traits => {
  const has = (pattern: RegExp): boolean => pattern.test(text);
  return {
    isCost: has(/^cost:|"cost": \{ "use"/m),
    isPlane: has(/kind"?: "value-scale"/),
    isNumber: has(/"?type"?: ?\{/) && has(/kind"?: "representative"/),
    isSpace:
      has(/kind"?: "(profiles|goods|file|value-scale-grid)"/) || has(/kind"?: "value-scale"[\s\S]*"?grid"?:/),
    isPackages: has(/contract"?: "packages"/),
    isEfficient: has(/contract"?: "efficient"/),
    isSeveralModels: has(/^models:|^\{ "models"/m),
  };
};

/** The command, or one like it that takes such a study, and the arguments that mean something with it. */
export const fittedArguments = (
  [command = '', ...rest]: readonly string[],
  text: string,
): readonly string[] => {
  const traits = traitsOf(text);
  const { isCost, isSpace, isPackages, isEfficient } = traits;
  // A menu of plans is of inputs, for buyers who differ in one number.
  if (command === 'evaluate' && isCost) return ['solve', ...withoutOptions(rest)];
  if (command === 'sensitivity' && isSpace && !isPackages && rest.includes('menu.json'))
    return ['check', ...withoutOptions(rest)];
  if (isEfficient && ['tiers', 'sensitivity'].includes(command)) return ['solve', ...withoutOptions(rest)];
  return [
    command,
    ...pairs(rest)
      .filter((option) => isFitting(command, option, traits))
      .flat(),
  ];
};

/** The study, and the limit of time. */
const withoutOptions = (rest: readonly string[]): readonly string[] => rest.slice(0, 3);

/** Options with what is said of them. */
const pairs = (rest: readonly string[]): readonly (readonly string[])[] =>
  rest.reduce<string[][]>((found, each) => {
    if (each.startsWith('--') || found.length === 0) found.push([each]);
    else found.at(-1)!.push(each);
    return found;
  }, []);

const isFitting = (command: string, option: readonly string[], traits: Traits): boolean => {
  const { isCost, isPlane, isNumber, isSpace, isPackages, isSeveralModels } = traits;
  const said = option.join(' ');
  if (said.startsWith('--set=')) {
    if (said.includes('buyers.types[0].')) return isSpace || !(isPlane || isNumber);
    if (said.includes('buyers.value.')) return isPlane;
    if (said.includes('inputs.')) return !isCost && !isSeveralModels;
    if (said.includes('cost.')) return isCost;
    return !(said.includes('packages') && isCost) && !said.includes('__proto__');
  }
  if (said.startsWith('--at='))
    return isPlane ? /value.*scale/.test(said) : isNumber && !/scale|theta/.test(said);
  if (said.startsWith('--scale')) return isPlane && !isPackages;
  if (said.startsWith('--supply')) return !isCost;
  if (command === 'tiers' && /--keep|--share|--round|--min-share|three-part|commitment/.test(said))
    return !isCost && !(isSeveralModels && /three-part|commitment/.test(said));
  if (said.startsWith('--kind')) return command === 'tiers' ? !isSeveralModels : !isSpace || isPackages;
  return true;
};
