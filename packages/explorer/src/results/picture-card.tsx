import type { ConditionResult, Coordinates, MadeFrom } from '@menusmith/app/browser';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { saveMade, saveMarked, saveMarkedPng } from '../download.ts';
import type { ShownPicture } from '../messages.ts';
import { exportPicture, PictureView, type Place } from '../picture-view.ts';
import { measure } from '../timings.ts';

/** What is marked in a picture: the buyer who is asked about, and where conditions fail. */
interface Marks {
  readonly buyer: Coordinates | undefined;
  readonly failing: readonly ConditionResult[];
}

/** Milliseconds. */
const OUT_OF_SIGHT = 500;

interface PictureCardProps extends Marks {
  readonly picture: ShownPicture;
  readonly prefix: string;
  /** By what it was made. */
  readonly madeFrom: MadeFrom | undefined;
  /** Whose picture it is, where two studies are compared. */
  readonly note?: string;
  onPoint?(buyer: Coordinates): void;
  onSight?(isInSight: boolean): void;
  /** When the study that the picture shows was asked for. */
  readonly asked: number;
}

/** A picture with its words. A study that moves only changes its data; pictures out of sight wait until it stands still. */
export const PictureCard = ({
  picture,
  prefix,
  madeFrom,
  note,
  buyer,
  failing,
  asked,
  onPoint,
  onSight,
}: PictureCardProps) => {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<PictureView | undefined>(undefined);
  const isInSight = useIsInSight(container);
  useEffect(() => {
    onSight?.(isInSight);
    return () => onSight?.(false);
  }, [isInSight]);
  const [drawn, setDrawn] = useState(0);

  useEffect(() => {
    const made = new PictureView(container.current!);
    view.current = made;
    return () => made.end();
  }, []);

  useLayoutEffect(() => {
    const draw = async (): Promise<void> => {
      await view.current?.show(picture);
      setDrawn((count) => count + 1);
      if (isInSight) measure('parameter-to-pictures', asked);
    };
    // Out of sight there is time, until the study stands still.
    const timer = isInSight ? undefined : setTimeout(() => draw().catch(reportError), OUT_OF_SIGHT);
    if (isInSight) draw().catch(reportError);
    return () => clearTimeout(timer);
  }, [picture, isInSight]);

  const isTypeSpace = picture.name === 'regions';
  const point = (event: PointerEvent): void => {
    const svg = container.current?.querySelector('svg');
    if (!svg || view.current === undefined) return;
    const { left, top, width } = svg.getBoundingClientRect();
    const zoom = svg.viewBox.baseVal.width / width;
    const found = view.current.pointAt((event.clientX - left) * zoom, (event.clientY - top) * zoom);
    if (found !== undefined) onPoint?.({ value: found[0], scale: found[1] });
  };

  return (
    <figure class="card picture" data-picture={picture.name}>
      <figcaption>
        <h3>
          {picture.title}
          {note !== undefined && <small> ({note})</small>}
        </h3>
        <p>{picture.caption}</p>
      </figcaption>
      <div
        class={isTypeSpace && onPoint ? 'canvas pointable' : 'canvas'}
        {...(isTypeSpace && onPoint && { onPointerMove: point, onPointerDown: point })}
      >
        <div ref={container} class="drawing" role="img" aria-label={`${picture.title}. ${picture.caption}`} />
        <Overlay view={view.current} drawn={drawn} picture={picture} buyer={buyer} failing={failing} />
      </div>
      <p class="buttons">
        <button
          type="button"
          aria-label={`Save the picture "${picture.title}" as SVG`}
          onClick={() =>
            saveMade(`${prefix}${picture.name}.svg`, async (file) =>
              saveMarked(file, await exportPicture(picture, 'svg'), 'image/svg+xml', madeFrom),
            )
          }
        >
          SVG
        </button>
        <button
          type="button"
          aria-label={`Save the picture "${picture.title}" as PNG`}
          onClick={() =>
            saveMade(`${prefix}${picture.name}.png`, async (file) =>
              saveMarkedPng(file, await exportPicture(picture, 'png'), madeFrom),
            )
          }
        >
          PNG
        </button>
      </p>
    </figure>
  );
};

const useIsInSight = (element: { readonly current: HTMLElement | null }): boolean => {
  const [isInSight, setIsInSight] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setIsInSight(entry?.isIntersecting ?? false));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return isInSight;
};

interface OverlayProps extends Marks {
  readonly view: PictureView | undefined;
  /** How often the picture was drawn: places move with it. */
  readonly drawn: number;
  readonly picture: ShownPicture;
}

/** The pictures in which one sees why a condition fails; `virtual-value` and `markup` mark their own themselves. */
const concerned: Readonly<Record<ConditionResult['name'], readonly string[]>> = {
  'increasing-virtual-value': ['quality'],
  'nonincreasing-markup': ['fee'],
  'bounded-rent': ['regions', 'rent'],
  'bounded-rent-tariff': ['regions', 'fee'],
  'full-extraction': [],
};

/** Marks over a picture, in the picture's own pixels. */
const Overlay = ({ view, drawn, picture, buyer, failing }: OverlayProps) => {
  const size = view?.size();
  if (view === undefined || drawn === 0 || size === undefined) return null;
  const isTypeSpace = picture.name === 'regions';
  const placeOf = ({ value, scale }: Partial<Coordinates>): Place | undefined => {
    if (value === undefined || (isTypeSpace && scale === undefined)) return undefined;
    return view.place(value, isTypeSpace ? scale : undefined);
  };
  const buyerPlace = buyer && isTypeSpace ? placeOf(buyer) : undefined;
  return (
    <svg class="overlay" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {failing.map((condition) => {
        if (!concerned[condition.name].includes(picture.name)) return null;
        const place = placeOf(condition.at);
        return place === undefined ? null : (
          <FailingMark key={condition.name} place={place} name={condition.name} />
        );
      })}
      {buyerPlace?.y !== undefined && (
        <g class="buyer">
          <circle cx={buyerPlace.x} cy={buyerPlace.y} r={6} />
          <circle cx={buyerPlace.x} cy={buyerPlace.y} r={1.5} />
        </g>
      )}
    </svg>
  );
};

const FailingMark = ({
  place: { x, y, top, bottom },
  name,
}: {
  readonly place: Place;
  readonly name: string;
}) =>
  y === undefined ? (
    <g class="failing" data-condition={name}>
      <line x1={x} x2={x} y1={top} y2={bottom} />
      <text x={x} y={top + 10}>
        ✗
      </text>
    </g>
  ) : (
    <g class="failing" data-condition={name}>
      <circle cx={x} cy={y} r={8} />
      <text x={x} y={y + 4}>
        ✗
      </text>
    </g>
  );
