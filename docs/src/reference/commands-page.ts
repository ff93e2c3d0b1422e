import { createProgram } from '@menusmith/cli';
import { code, page, plainText, sentence, table } from './markdown.ts';

type Program = ReturnType<typeof createProgram>;
type Option = Program['options'][number];

/** What stands below the options when help is asked for. */
const helpBelow = (command: Program): string => {
  const texts: string[] = [];
  // A command is an emitter of Node.js, which its type does not say.
  const { emit } = command as unknown as { emit(this: Program, event: string, context: object): boolean };
  emit.call(command, 'afterHelp', { error: false, command, write: (text: string) => texts.push(text) });
  return texts.join('').trim();
};

const defaultOf = ({ defaultValue, mandatory }: Option): string => {
  if (defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0))
    return mandatory ? 'required' : '';
  return code(String(defaultValue));
};

const choicesOf = (choices: readonly string[] | undefined): string =>
  choices === undefined ? '' : ` One of ${choices.map(code).join(', ')}.`;

const sectionOf = (command: Program): readonly string[] => {
  const words = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  const below = helpBelow(command);
  return [
    `## ${code(command.name())}`,
    plainText(sentence(command.description())),
    `    menusmith ${[command.name(), ...words, '[options]'].join(' ')}`,
    ...(words.length === 0
      ? []
      : [
          table(
            ['argument', 'meaning'],
            command.registeredArguments.map((argument) => [
              code(argument.name()),
              plainText(sentence(argument.description)) + choicesOf(argument.argChoices),
            ]),
          ),
        ]),
    table(
      ['option', 'default', 'meaning'],
      command.options.map((option) => [
        code(option.flags),
        defaultOf(option),
        plainText(sentence(option.description)) + choicesOf(option.argChoices),
      ]),
    ),
    ...(below === '' ? [] : [below.replace(/^(?=.)/gm, '    ')]),
  ];
};

const introduction = `\`menusmith COMMAND --help\` prints what stands here. With \`--json\` standard output holds one JSON document and nothing else.
Progress and warnings go to standard error. Ctrl-C and \`--time-limit\` end a command with the best answer so far, and exit code 3.`;

/** Every command with its arguments and options, as \`help\` has them. */
export const commandsPage = (): string => {
  const silent = { write: () => true };
  const program = createProgram({ stdout: silent, stderr: silent } as never, () => {});
  return page(
    {
      title: 'Commands',
      order: 3,
      madeFrom: 'the declarations of the commands, packages/cli/src/program.ts',
    },
    introduction,
    table(
      ['command', 'does'],
      program.commands.map((command) => [
        `[${code(command.name())}](#${command.name()})`,
        plainText(sentence(command.description())),
      ]),
    ),
    '## Exit codes',
    helpBelow(program)
      .replace(/^Exit codes:\n/, '')
      .replace(/^(?=.)/gm, '    '),
    ...program.commands.flatMap(sectionOf),
  );
};
