/* Stands in for modules that a dependency can load and the page never does. */
export {};
