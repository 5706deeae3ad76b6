// `npm run simulate -- --days 30 --seed 7`: a firm's month in minutes, on a house of its own; see tools/simulate/README.md.
import { simulate } from './simulate/simulate.ts';

process.exitCode = await simulate(process.argv.slice(2), (text) => console.log(text));
