import { cleanUp } from '../scenarios/cleanUp';
import {
	activateAnswering,
	activateWatching,
	answerMessage,
	reportStatus,
} from '../scenarios/exchangeMessages';
import {
	receiveDocumentAsBinary,
	replyInGroup,
	sendImageFromBinary,
} from '../scenarios/exchangeMedia';
import { linkPhone, showConnected } from '../scenarios/linkPhone';
import { listNodes } from '../scenarios/listNodes';
import { redeliverFailed } from '../scenarios/redeliverFailed';
import { refuseForgery } from '../scenarios/refuseForgery';
import {
	comeBackLinked,
	deliverMissedOnce,
	endWithN8n,
	leaveNothingRunning,
	restartRunner,
} from '../scenarios/surviveCrash';
import { testBesideProduction } from '../scenarios/testBesideProduction';
import {
	passUnlinked,
	tellLinked,
	tellUnreachable,
	tellWrongKey,
} from '../scenarios/testCredential';
import { Stage } from '../Stage';
import { tellOn, type Scenario, type Story } from './Story';

const scenarios: Array<Scenario<Stage>> = [
	['n8n offers both nodes and serves their icons, light and dark', listNodes],
	['the credential test passes before a phone is linked: nothing red on the way', passUnlinked],
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
	['an image from a binary property reaches the contact', sendImageFromBinary],
	['a received document starts a workflow with the file as binary', receiveDocumentAsBinary],
	['a message in a group is answered there, as a reply to it', replyInGroup],
	['an event that its receiver refused is listed and delivered again by the node', redeliverFailed],
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

/** n8n as most people run it: one process. */
export const regularMode: Story = {
	name: 'regular',
	title: 'One n8n',
	tell: async (report) =>
		await tellOn(
			report,
			[
				'n8n starts with our package installed',
				async () => await Stage.set((line) => report.note(line)),
			],
			scenarios,
		),
};
