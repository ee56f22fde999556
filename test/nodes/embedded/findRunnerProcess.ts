import { EmbeddedRunner } from '../../../nodes/embedded/EmbeddedRunner';

/**
 * Run on its own: a process of n8n that uses the embedded runner. Arguments: the data folder, then
 * Node's arguments for the runner. Sends what it found, then does nothing that
 * would keep it alive, unless FAKE_STAYS is set.
 */
const [dataDir = '', ...args] = process.argv.slice(2);
const build = { version: '0.0.0', code: () => undefined };
const runner = new EmbeddedRunner({ dataDir, args, env: process.env, build, watchMs: 100 });

if (process.env.FAKE_STAYS) setInterval(() => undefined, 60_000);

runner.find().then(
	(found) => process.send?.(found, () => process.disconnect()),
	(error: unknown) => process.send?.({ error: String(error) }),
);
