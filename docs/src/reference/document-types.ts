import { dirname, join } from 'node:path';
import ts from 'typescript';
import { repository } from '../site-pages.ts';
import { code, plainText, sentence } from './markdown.ts';

/** A type of which the JSON of a command is: its name, and the file that declares it. */
export interface DocumentType {
  readonly name: string;
  readonly file: string;
}

/** Fields of a type, in rows: where each stands, what it may be, and what its docstring says. */
export interface TypeSection {
  /** Name of the type in the program. */
  readonly name: string;
  readonly doc: string;
  readonly rows: readonly (readonly string[])[];
  /** Types that its fields are of, in the order of the fields. */
  readonly parts: readonly string[];
}

/** The heading of a type, and the anchor of that: `CertificateResult` is `Certificate`. */
export const headingOf = (name: string): string => {
  const words = name.replace(/(?<=.)Result$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return words.charAt(0) + words.slice(1).toLowerCase();
};
const linkTo = (name: string): string =>
  `[${headingOf(name).toLowerCase()}](#${headingOf(name).toLowerCase().replaceAll(' ', '-')})`;

const compilerOptions = (): ts.CompilerOptions => {
  const file = join(repository, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, dirname(file)).options, noEmit: true };
};

/** Sections of types by name: what a program's types say, read from its sources. */
export const typeSections = (documents: readonly DocumentType[]): ((name: string) => TypeSection) => {
  const program = ts.createProgram(
    [...new Set(documents.map(({ file }) => join(repository, file)))],
    compilerOptions(),
  );
  const checker = program.getTypeChecker();
  const types = new Map<string, ts.Type>();
  for (const { name, file } of documents) {
    const source = program.getSourceFile(join(repository, file))!;
    const symbol = checker
      .getExportsOfModule(checker.getSymbolAtLocation(source)!)
      .find((exported) => exported.name === name);
    if (symbol === undefined) throw new Error(`${file} does not export ${name}`);
    types.set(name, checker.getDeclaredTypeOfSymbol(symbol));
  }
  const docOf = (symbol: ts.Symbol | undefined): string =>
    ts.displayPartsToString(symbol?.getDocumentationComment(checker)).trim();
  return (name) => {
    const type = types.get(name)!;
    const reader = new FieldReader(checker, docOf, types);
    return { name, doc: docOf(type.symbol), rows: reader.rowsOf(type, ''), parts: reader.parts };
  };
};

/** Reads the fields of one type, and notes the types that these are of. */
class FieldReader {
  readonly parts: string[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #docOf: (symbol: ts.Symbol | undefined) => string;
  readonly #types: Map<string, ts.Type>;

  constructor(
    checker: ts.TypeChecker,
    docOf: (symbol: ts.Symbol | undefined) => string,
    types: Map<string, ts.Type>,
  ) {
    this.#checker = checker;
    this.#docOf = docOf;
    this.#types = types;
  }

  /** One row a field, also where it has several forms. */
  rowsOf(type: ts.Type, path: string): readonly (readonly string[])[] {
    const rows = new Map<string, readonly string[]>();
    for (const row of this.#allRows(type, path)) {
      const [place, words, doc] = row as [string, string, string];
      const [, before, said] = rows.get(place) ?? [];
      rows.set(place, [
        place,
        before === undefined || before === words ? words : `${before}; or ${words}`,
        said === undefined || said === '' ? doc : said,
      ]);
    }
    return [...rows.values()];
  }

  #allRows(type: ts.Type, path: string): readonly (readonly string[])[] {
    return this.#checker.getPropertiesOfType(type).flatMap((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const own = this.#checker.getTypeOfSymbol(property);
      const place = `${path}${property.name}`;
      const words = `${this.#wordsOf(own)}${isOptional ? '; may be absent' : ''}`;
      return [
        [code(place), words, plainText(sentence(this.#docOf(property) || this.#docOfPart(own)))],
        ...this.#inside(this.#checker.getNonNullableType(own), place),
      ];
    });
  }

  /** Of a field that says nothing itself: the first sentence of what its type says. */
  #docOfPart(type: ts.Type): string {
    const own = this.#checker.getNonNullableType(type);
    const part = this.#itemOf(own) ?? own;
    return /^.*?\.(?=\s|$)/s.exec(this.#docOf(part.aliasSymbol ?? part.symbol))?.[0] ?? '';
  }

  /** Rows of fields that have no type of their own name. */
  #inside(type: ts.Type, path: string): readonly (readonly string[])[] {
    const item = this.#itemOf(type);
    if (item !== undefined) return this.#inside(item, `${path}[]`);
    const parts = type.isUnion() ? type.types : [type];
    return parts.flatMap((part) => (isAnonymous(part, this.#checker) ? this.rowsOf(part, `${path}.`) : []));
  }

  /** What the members of a list are; undefined where the type is no list. */
  #itemOf(type: ts.Type): ts.Type | undefined {
    return this.#checker.isArrayType(type)
      ? this.#checker.getTypeArguments(type as ts.TypeReference)[0]
      : undefined;
  }

  #wordsOf(type: ts.Type): string {
    if (type.isUnion()) return this.#unionWords(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return code(String(type.value));
    const text = this.#checker.typeToString(type);
    if (text === 'number') return 'number';
    if (text === 'string') return 'text';
    if (text === 'boolean' || text === 'true' || text === 'false')
      return text === 'boolean' ? 'true or false' : text;
    if (this.#checker.isTupleType(type)) {
      const items = this.#checker.getTypeArguments(type as ts.TypeReference);
      return `list of ${items.length}, each a ${this.#wordsOf(items[0]!)}`;
    }
    const item = this.#itemOf(type);
    if (item !== undefined) return `list, each a ${this.#wordsOf(item)}`;
    const named = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (named !== undefined) return `map from names, each a ${this.#wordsOf(named)}`;
    const names = recordNames(type, this.#checker);
    if (names !== undefined) return `map of ${names.map(code).join(', ')}, each a number`;
    if (isAnonymous(type, this.#checker) || type.symbol === undefined) return 'map';
    return this.#linkTo(type);
  }

  #unionWords(type: ts.UnionType): string {
    const isNull = (part: ts.Type): boolean =>
      (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;
    const parts = type.types.filter((part) => !isNull(part));
    const isFlag =
      parts.length === 2 && parts.every((part) => (part.flags & ts.TypeFlags.BooleanLiteral) !== 0);
    const words = isFlag ? ['true or false'] : parts.map((part) => this.#wordsOf(part));
    const orNull = type.types.some((part) => (part.flags & ts.TypeFlags.Null) !== 0) ? ['null'] : [];
    return [
      ...new Set([
        words.every((word) => word.startsWith('`')) ? words.join(', ') : words.join(' or '),
        ...orNull,
      ]),
    ].join(' or ');
  }

  #linkTo(type: ts.Type): string {
    const { name } = type.aliasSymbol ?? type.symbol;
    this.#types.set(name, type);
    if (!this.parts.includes(name)) this.parts.push(name);
    return linkTo(name);
  }
}

/** Names of a `Record` of names that are listed, whose fields have no docstrings; undefined of any other type. */
const recordNames = (type: ts.Type, checker: ts.TypeChecker): readonly string[] | undefined => {
  const fields = (type.flags & ts.TypeFlags.Object) === 0 ? [] : checker.getPropertiesOfType(type);
  const isRecord =
    fields.length > 0 &&
    fields.every(({ declarations }) => declarations === undefined || declarations.length === 0) &&
    !checker.isArrayType(type) &&
    !checker.isTupleType(type);
  return isRecord ? fields.map(({ name }) => name) : undefined;
};

/** A map that is written down where it is used, or made of others by Pick, Omit and their like. */
const isAnonymous = (type: ts.Type, checker: ts.TypeChecker): boolean => {
  if ((type.flags & ts.TypeFlags.Object) === 0 && !type.isIntersection()) return false;
  if (checker.isArrayType(type) || checker.isTupleType(type)) return false;
  if (checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined) return false;
  if (type.isIntersection()) return true;
  if (recordNames(type, checker) !== undefined) return false;
  return ((type as ts.ObjectType).objectFlags & (ts.ObjectFlags.Anonymous | ts.ObjectFlags.Mapped)) !== 0;
};
