/* Stands in for the projections of maps that Vega asks for by name. */
const absent = (): never => {
  throw new Error('the page draws no maps');
};

export {
  absent as feature,
  absent as geoArea,
  absent as geoBounds,
  absent as geoCentroid,
  absent as mesh,
  absent as projection,
};
