/* Stands in for lists of colours that Vega knows by name: pictures name colours of their own. */
const absent: readonly string[] = [];

export {
  absent as schemeAccent,
  absent as schemeCategory10,
  absent as schemeDark2,
  absent as schemeObservable10,
  absent as schemePaired,
  absent as schemePastel1,
  absent as schemePastel2,
  absent as schemeSet1,
  absent as schemeSet2,
  absent as schemeSet3,
};
