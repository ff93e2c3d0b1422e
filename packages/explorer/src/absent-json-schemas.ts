/* Stands in for what makes JSON Schemas of zod's: the page checks studies by them, and writes none. */
const absent = (): never => {
  throw new Error('the page writes no JSON Schemas');
};

/** What checks of a schema come to, which the page does not ask. */
const aggregateChecks = (): Readonly<Record<string, never>> => ({});

/** Methods of every schema, which nobody calls here. */
const absentMethod = () => absent;

export {
  absent as allProcessors,
  absent as anyProcessor,
  absent as arrayProcessor,
  absent as bigintProcessor,
  absent as booleanProcessor,
  absent as catchProcessor,
  absent as customProcessor,
  absent as dateProcessor,
  absent as defaultProcessor,
  absent as enumProcessor,
  absent as fileProcessor,
  absent as functionProcessor,
  absent as intersectionProcessor,
  absent as lazyProcessor,
  absent as literalProcessor,
  absent as mapProcessor,
  absent as nanProcessor,
  absent as neverProcessor,
  absent as nonoptionalProcessor,
  absent as nullProcessor,
  absent as nullableProcessor,
  absent as numberProcessor,
  absent as objectProcessor,
  absent as optionalProcessor,
  absent as pipeProcessor,
  absent as prefaultProcessor,
  absent as promiseProcessor,
  absent as readonlyProcessor,
  absent as recordProcessor,
  absent as setProcessor,
  absent as stringProcessor,
  absent as successProcessor,
  absent as symbolProcessor,
  absent as templateLiteralProcessor,
  absent as toJSONSchema,
  absent as transformProcessor,
  absent as tupleProcessor,
  absent as undefinedProcessor,
  absent as unionProcessor,
  absent as unknownProcessor,
  absent as voidProcessor,
  absentMethod as createStandardJSONSchemaMethod,
  absentMethod as createToJSONSchemaMethod,
  aggregateChecks,
};
