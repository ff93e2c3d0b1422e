// A solver: the chain of virtual values where types differ in one number, and else another solver's proposals. Whatever a solver proposes is made a
// menu, and certified, by the program: a solver cannot be wrong, only slow.
import { definePlugin, standardPlugin } from 'menusmith';

const made = (name) => standardPlugin.solvers.find((entry) => entry.name === name).create({});

export default definePlugin({
  name: 'chain-or-else',
  solvers: [
    {
      name: 'chain-or-else',
      doc: 'The chain of virtual values where there is one, else interior points.',
      parameters: {},
      create: () => {
        const [chain, other] = [made('one-dimensional'), made('interior-point')];
        const fitting = (problem) => (chain.refuses(problem) === undefined ? chain : other);
        return {
          refuses: (problem) => fitting(problem).refuses(problem),
          proposals: (problem, money) => fitting(problem).proposals(problem, money),
        };
      },
    },
  ],
});
