import { code, page, plainText, table } from './markdown.ts';
import { kindOfValue, type Schema, schemaHead, schemaRows } from './schema-rows.ts';

/** How a study is read as a whole: what its fields cannot say one by one. */
const introduction = `A study says who sells what to whom. It is YAML 1.2 or JSON. \`menusmith schema study\` prints the JSON Schema of which this page is made, and an editor completes
a study by it.

A study has either \`production\` and \`inputs\`, or \`cost\`, or \`models\`. An unknown field is an error, with its line. Amounts of money are in the study’s own unit of money,
amounts of an input in its own unit; \`units\` says what these are in tokens and dollars. Masses and shares need not sum to 1: masses are normalised.

In the tables \`NAME\` is a name of your choice, and \`[]\` stands for each member of a list. A field without a default may be left out unless it is required.`;

/** A section for each field of a study that has fields of its own, under one table of all. */
export const studyPage = (schema: Schema, example: string): string => {
  const fields = schema.properties as Readonly<Record<string, Schema>>;
  const required = schema.required as readonly string[];
  const { buyers, ...others } = fields;
  const sections = Object.entries(others).flatMap(([name, own]) => {
    const rows = schemaRows(own, name);
    return rows.length === 0
      ? []
      : [`## ${code(name)}`, plainText(String(own.description)), table(schemaHead, rows)];
  });
  const overview = Object.entries(fields).map(([name, own]) => {
    const hasSection = name === 'buyers' || schemaRows(own, name).length > 0;
    return [
      hasSection ? `[${code(name)}](#${name})` : code(name),
      name === 'buyers' ? 'map' : kindOfValue(own),
      own.default !== undefined ? code(String(own.default)) : required.includes(name) ? 'required' : '',
      plainText(String(own.description ?? '')),
    ];
  });
  return page(
    { title: 'Study file', order: 1, madeFrom: 'the JSON Schema of studies, packages/app/src/schema' },
    introduction,
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    '## All fields',
    table(schemaHead, overview),
    ...buyersSections(buyers!),
    ...sections,
  );
};

const buyersSections = (buyers: Schema): readonly string[] => [
  '## `buyers`',
  plainText(`${buyers.description} Their \`kind\` says which other fields there are.`),
  ...(buyers.anyOf as readonly Schema[]).flatMap((branch) => {
    const { kind, ...fields } = branch.properties as Readonly<Record<string, Schema>>;
    return [
      `### ${code(String(kind!.const))}`,
      plainText(String(kind!.description)),
      table(schemaHead, schemaRows({ ...branch, properties: fields }, 'buyers')),
    ];
  }),
];
