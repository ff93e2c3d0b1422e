import { useEffect, useRef } from 'preact/hooks';
import { addressOf, readAddress, type Shared } from './address.ts';

/** Milliseconds of rest. Browsers allow so many changes of the address a second, a slider makes more, and with each the icon is drawn anew. */
const DELAY = 400;

/** Keeps the address in step with what is shown, and what is shown with an address that is typed or pasted; undefined for one that cannot be read. */
export const useAddress = (
  { study, other, tiers }: Shared,
  onMove: (shared: Shared | undefined) => void,
): void => {
  const written = useRef(location.hash);
  useEffect(() => {
    const timer = setTimeout(async () => {
      const shared = {
        study,
        ...(other !== undefined && { other }),
        ...(tiers !== undefined && { tiers }),
      };
      written.current = await addressOf(shared);
      history.replaceState(null, '', written.current === '' ? location.pathname : written.current);
    }, DELAY);
    return () => clearTimeout(timer);
  }, [study, other, tiers]);

  const move = useRef(onMove);
  move.current = onMove;
  useEffect(() => {
    const hear = async (): Promise<void> => {
      if (location.hash === written.current) return;
      move.current(await readAddress(location.hash));
    };
    addEventListener('hashchange', hear);
    return () => removeEventListener('hashchange', hear);
  }, []);
};
