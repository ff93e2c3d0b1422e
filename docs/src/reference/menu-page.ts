import { page, table } from './markdown.ts';
import { type Schema, schemaHead, schemaRows } from './schema-rows.ts';

const introduction = `A menu file is JSON with the plans that are on sale. \`evaluate --menu\`, \`tiers --keep\`, \`export\` and \`keep\` in a study read it; \`tiers --menu-out\` writes it.
\`menusmith schema menu\` prints the JSON Schema of which this page is made.

Amounts are in the units that the study’s \`units\` declare; without units they are in the study’s own. Fees and usage are for one period. A bundle is a plan with \`included\` and no
\`prices\`. An unknown field is an error.`;

/** The menu file, field by field, after an example of one. */
export const menuPage = (schema: Schema, example: string): string =>
  page(
    { title: 'Menu file', order: 4, madeFrom: 'the JSON Schema of menus, packages/app/src/schema' },
    introduction,
    `\`\`\`json\n${example.trimEnd()}\n\`\`\``,
    table(schemaHead, schemaRows(schema)),
  );
