import { OLDEST_NODE, runsOnNode } from '../contract/nodeVersion';
import { EXIT_WRONG_CONFIG } from './exitCodes';

// Imported first by the entry point: an older Node would fail on a later import, in words of its own.
const { node } = process.versions;
if (!runsOnNode(node)) {
	process.stderr.write(
		`The session runner needs Node.js ${OLDEST_NODE} or newer, and this is ${node}: install a newer one and start it with that.\n`,
	);
	process.exit(EXIT_WRONG_CONFIG);
}
