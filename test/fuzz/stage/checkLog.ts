import { ADMIN_KEY } from '../../endToEnd/RunnerProcess';
import type { RunnerStage } from './RunnerStage';

/** pino's number for what is the runner's own fault. */
const ERROR_LEVEL = 50;
/** What key material calls itself when libsignal or Baileys print it. */
const KEY_NAMES = /privKey|private_?key|rootKey|chainKey|ephemeralKeyPair|noiseKey|advSecretKey/i;

/** Throws when the log tells of a fault of the runner, or tells what is nobody's business. */
export function checkLog(stage: RunnerStage, secretTexts: readonly string[]): string {
	const lines = stage.log.split('\n').filter((line) => line !== '');
	const faults = lines.filter((line) => toLevel(line) >= ERROR_LEVEL);
	if (faults.length > 0)
		throw new Error(`The log tells of faults: ${faults.slice(0, 5).join('\n')}`);
	const { ann, lida, phone, apiKey } = stage;
	const numbers = [ann, lida, phone].flatMap(({ number, lidUser }) => [number, lidUser]);
	const secrets = [...secretTexts, ...numbers, apiKey, ADMIN_KEY];
	const leaks = lines.filter(
		(line) => KEY_NAMES.test(line) || secrets.some((secret) => line.includes(secret)),
	);
	if (leaks.length > 0) throw new Error(`The log tells too much: ${leaks.slice(0, 5).join('\n')}`);
	return `${lines.length} lines`;
}

function toLevel(line: string): number {
	try {
		const { level } = JSON.parse(line) as { level?: unknown };
		return typeof level === 'number' ? level : 0;
	} catch {
		// Not a line of the logger: the welcome, or what Node prints when a process ends badly.
		return /Error|at .*\(/.test(line) ? ERROR_LEVEL : 0;
	}
}
