import { Converter } from 'typedoc';

/** A parameter that is taken apart where it stands has no name of its own: in every function of the package it is the options. */
export const load = (app) => {
  app.converter.on(Converter.EVENT_CREATE_PARAMETER, (_, parameter) => {
    if (parameter.name === '__namedParameters') parameter.name = 'options';
  });
};
