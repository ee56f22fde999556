/**
 * Our package in a real n8n, against a simulated WhatsApp: `npm run test:n8n`, or one story of it alone
 * with `npm run test:n8n -- queue`. Each line of the output is a promise kept or broken.
 */
import { Report } from './Report';
import { queueMode } from './stories/queueMode';
import { regularMode } from './stories/regularMode';
import { tlsMode } from './stories/tlsMode';

const stories = [regularMode, tlsMode, queueMode];

async function main(wanted: string[]): Promise<void> {
	// An exit in good order takes n8n along; without this Ctrl+C would leave it running.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	const names = stories.map(({ name }) => name);
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no story ${unknown.join(', ')}: only ${names.join(', ')}`);
	}
	const report = new Report();
	for (const { name, title, tell } of stories) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		console.log(`\n${title}`);
		await tell(report);
	}
	process.exit(report.end() ? 0 : 1);
}

void main(process.argv.slice(2));
