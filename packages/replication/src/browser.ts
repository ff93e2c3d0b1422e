/*
 * The part of the package that runs in a browser. It imports of app only @menusmith/app/browser.
 */
export * from './closed-form-picture.ts';
