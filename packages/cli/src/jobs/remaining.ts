/** `57 of 200 draws, 12 s left`: what is left takes as long a job as what is done. */
export const remaining = (done: number, count: number, what: string, seconds: number): string => {
  const left = done > 0 ? `, ${duration((seconds / done) * (count - done))} left` : '';
  return `${done} of ${count} ${what}${left}`;
};

const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
