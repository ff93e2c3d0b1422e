// A copula: Ali, Mikhail and Haq's C(u, v) = uv/(1 − θ(1 − u)(1 − v)), a weak dependence of value and scale. The distances from 1 come as arguments of
// their own, so that corners keep their relative accuracy.
import { definePlugin } from 'menusmith';

const aliMikhailHaq = (theta) => {
  const base = (uRest, vRest) => 1 - theta * uRest * vRest;
  return {
    independent: theta === 0,
    cdf: (u, v) => (u * v) / base(1 - u, 1 - v),
    density: (u, v, uRest = 1 - u, vRest = 1 - v) => {
      const b = base(uRest, vRest);
      return ((1 - theta) * b + 2 * theta * u * v) / b ** 3;
    },
    conditional: (u, _v, uRest = 1 - u, vRest = 1 - _v) =>
      (u * (1 - theta * uRest)) / base(uRest, vRest) ** 2,
    // 1 − u(1 − θū)/b² = (b² − u(1 − θū))/b², in which ū is a factor.
    conditionalSurvival: (u, _v, uRest = 1 - u, vRest = 1 - _v) => {
      const b = base(uRest, vRest);
      return (uRest * (1 + theta * (u - 2 * vRest) + theta * theta * uRest * vRest * vRest)) / (b * b);
    },
  };
};

export default definePlugin({
  name: 'ali-mikhail-haq',
  copulas: [
    {
      name: 'ali-mikhail-haq',
      doc: 'Ali–Mikhail–Haq copula: weak dependence, of either sign.',
      parameters: { theta: { kind: 'number', doc: 'dependence; 0 is independence', min: -1, below: 1 } },
      examples: [{ theta: 0.7 }, { theta: -1 }, { theta: 0 }],
      create: ({ theta }) => aliMikhailHaq(theta),
    },
  ],
});
