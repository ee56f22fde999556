import { installN8n } from '../installN8n';
import { QueueServices } from '../QueueServices';
import { QueueStage } from '../QueueStage';
import { activateAnswering } from '../scenarios/exchangeMessages';
import { linkPhone } from '../scenarios/linkPhone';
import {
	answerFromWorker,
	goOnWithoutMain,
	joinRunningRunner,
	keepWhatsAppCalm,
	passFileOn,
	shareOneRunner,
	stopAll,
	takeOverAgain,
} from '../scenarios/workInQueue';
import { tellOn, type Scenario, type Story } from './Story';

const scenarios: Array<Scenario<QueueStage>> = [
	['a phone is linked by a node in the main process', linkPhone],
	['a workflow that starts on received messages can be activated', activateAnswering],
	['a message comes in at the webhook process and a worker answers it', answerFromWorker],
	['a document that came in at the webhook process is sent on by a worker', passFileOn],
	['there is one runner with one connection for all processes', shareOneRunner],
	['the main is killed: another process brings the runner back and all goes on', goOnWithoutMain],
	['the main started again joins that runner, without a new QR code', joinRunningRunner],
	['the process that took over is killed: the next one does, and nothing is lost', takeOverAgain],
	['WhatsApp has seen one login at a time and nothing undecryptable', keepWhatsAppCalm],
	['stopped, they leave no process behind', stopAll],
];

/** n8n with workers, for which Redis and Postgres must run. */
export const queueMode: Story = {
	name: 'queue',
	title: 'n8n in queue mode: a main, two workers and a process for webhooks',
	async tell(report) {
		const program = await installN8n((line) => report.note(line));
		const missing = await QueueServices.listMissing(program);
		if (missing.length > 0) return report.lacks('n8n in queue mode', missing.join(', '));
		await tellOn(
			report,
			[
				'n8n starts in queue mode with our package installed',
				async () => await QueueStage.setQueue(program, (line) => report.note(line)),
			],
			scenarios,
		);
	},
};
