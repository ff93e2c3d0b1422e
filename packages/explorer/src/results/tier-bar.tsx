import { formatNumber } from '@menusmith/app/browser';
import { useRef } from 'preact/hooks';

interface TierBarProps {
  readonly range: readonly [number, number];
  /** Where each tier starts, ascending; undefined for one that nobody takes. */
  readonly starts: readonly (number | undefined)[];
  onMove(tier: number, start: number): void;
}

/** From Okabe and Ito's sky blue to blue and on to black. */
const colours = ['#56b4e9', '#3a92cf', '#0072b2', '#00558a', '#003a60', '#001f36'];

/** The types along a line, cut into tiers; the borders between them can be dragged, or moved by the arrow keys. */
export const TierBar = ({ range: [min, max], starts, onMove }: TierBarProps) => {
  const bar = useRef<SVGSVGElement>(null);
  const width = 1000;
  const place = (type: number): number => ((type - min) / (max - min)) * width;
  const clamp = (type: number): number => Math.min(max, Math.max(min, type));
  const typeAt = (clientX: number): number => {
    const { left, width: pixels } = bar.current!.getBoundingClientRect();
    return clamp(min + ((clientX - left) / pixels) * (max - min));
  };
  const keys: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
  return (
    <svg ref={bar} class="tier-bar" viewBox={`0 0 ${width} 60`} preserveAspectRatio="none">
      <title>Tiers along the types</title>
      <rect x={0} y={10} width={width} height={40} fill="#d9d9d9" />
      {starts.map(
        (start, k) =>
          start !== undefined && (
            <rect
              key={k}
              x={place(start)}
              y={10}
              width={Math.max(0, width - place(start))}
              height={40}
              fill={colours[k % colours.length]}
            />
          ),
      )}
      {starts.map(
        (start, k) =>
          start !== undefined && (
            <g
              key={k}
              role="slider"
              tabindex={0}
              aria-label={`Tier ${k + 1} starts at type`}
              aria-valuemin={min}
              aria-valuemax={max}
              aria-valuenow={Number(start.toPrecision(4))}
              aria-valuetext={formatNumber(start, 4)}
              onKeyDown={(event) => {
                const direction = keys[event.key];
                if (direction === undefined) return;
                event.preventDefault();
                onMove(k, clamp(start + (direction * (max - min)) / 100));
              }}
              onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
              onPointerMove={(event) => {
                if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(k, typeAt(event.clientX));
              }}
            >
              <rect class="grip" x={place(start) - 14} y={0} width={28} height={60} />
              <rect class="border" x={place(start) - 4} y={2} width={8} height={56} rx={3} />
            </g>
          ),
      )}
    </svg>
  );
};
