/** What was handed over to a thread, which is no business of plugins: from here on they do not find it where it was. */
export const taken = <Start extends object>(start: Start): Start => {
  const own = { ...start };
  for (const key of Object.keys(start)) delete (start as Record<string, unknown>)[key];
  return own;
};
