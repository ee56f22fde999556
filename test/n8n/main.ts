/**
 * Our package in a real n8n, against a simulated WhatsApp: `npm run test:n8n`.
 * The scenarios are one story, told in order; each line of the output is a promise kept or broken.
 */
import { Report } from './Report';
import { cleanUp } from './scenarios/cleanUp';
import {
	activateAnswering,
	activateWatching,
	answerMessage,
	reportStatus,
} from './scenarios/exchangeMessages';
import { linkPhone, showConnected } from './scenarios/linkPhone';
import { listNodes } from './scenarios/listNodes';
import { refuseForgery } from './scenarios/refuseForgery';
import {
	comeBackLinked,
	deliverMissedOnce,
	endWithN8n,
	leaveNothingRunning,
	restartRunner,
} from './scenarios/surviveCrash';
import { testBesideProduction } from './scenarios/testBesideProduction';
import {
	tellLinked,
	tellNotLinked,
	tellUnreachable,
	tellWrongKey,
} from './scenarios/testCredential';
import { Stage } from './Stage';

const scenarios: Array<[promise: string, prove: (stage: Stage) => Promise<void>]> = [
	['n8n offers both nodes and serves their icons, light and dark', listNodes],
	['the credential test tells that no phone is linked yet', tellNotLinked],
	['the credential test tells that no runner answers at a URL', tellUnreachable],
	[
		'Connect puts out a QR code, as an image and as text, and scanning it links the phone',
		linkPhone,
	],
	['Connect and Get Status tell that the phone is connected, and its number', showConnected],
	['the credential test tells a wrong key from a missing runner', tellWrongKey],
	['the credential test tells that the phone is linked', tellLinked],
	['a workflow that starts on received messages can be activated', activateAnswering],
	['a workflow that starts on status events can be activated', activateWatching],
	[
		'an incoming message starts its workflow once and the answer reaches the contact',
		answerMessage,
	],
	['RECEIVED and READ start the second workflow, once each', reportStatus],
	['a test run and the active workflow both get a message', testBesideProduction],
	['a forged webhook call starts nothing and is refused', refuseForgery],
	['a killed runner comes back by itself, and what came meanwhile arrives once', restartRunner],
	['the runner ends when n8n is killed', endWithN8n],
	[
		'started again, n8n brings the session back without a new QR code',
		async (stage) => {
			await stage.contact.sendText(stage.phone, 'in the meantime');
			await comeBackLinked(stage);
		},
	],
	['a message that came meanwhile starts the workflow exactly once', deliverMissedOnce],
	['deactivating a workflow removes its subscription and no other', cleanUp],
	['stopped, n8n leaves no process behind', leaveNothingRunning],
];

async function main(): Promise<void> {
	// An exit in good order takes n8n along; without this Ctrl+C would leave it running.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	const report = new Report();
	let stage: Stage | undefined;
	const isSet = await report.promise('n8n starts with our package installed', async () => {
		stage = await Stage.set((line) => report.note(line));
	});
	if (stage && isSet) {
		for (const [promise, prove] of scenarios) {
			await report.promise(promise, async () => await prove(stage!));
		}
	}
	const succeeded = report.end();
	await stage?.strike(succeeded);
	process.exit(succeeded ? 0 : 1);
}

void main();
