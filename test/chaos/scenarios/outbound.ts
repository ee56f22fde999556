import { setTimeout as delay } from 'node:timers/promises';
import type { MessageList, MessageView, SendResponse } from '../../../contract';
import type { Contact } from '../../simulator';
import { toMemoryFigures } from '../memory';
import type { Figures, Scenario } from '../Scenario';
import { Stage } from '../Stage';
import { waitFor } from '../waitFor';
import { withLog } from '../withTraffic';

const CALLS_A_ROUND = 6;

/** A call that nobody repeats. */
interface Call {
	text: string;
	/** undefined when the crash cut it off. */
	status?: number;
}

/** Calls without a key are cut off by kill -9: each has been sent once, has failed, or never was. */
export const outbound: Scenario = {
	name: 'outbound',
	title: 'kill -9 while texts and files are being sent',
	rounds: { full: 40, short: 2 },
	async run({ rounds, random }) {
		const stage = await Stage.open();
		try {
			const before = await stage.measure();
			const ann = stage.simulator.createContact({ number: '15550002222', name: 'Ann' });
			const calls: Call[] = [];
			for (let round = 0; round < rounds; round++) {
				const made = Array.from({ length: CALLS_A_ROUND }, (_, n) =>
					send(stage, ann, { text: `call ${round} ${n}` }, n % 2 === 0),
				);
				if (random() < 0.5) await delay(random() * 400);
				else await uploadBegun(stage);
				await stage.crash();
				calls.push(...(await Promise.all(made)));
				await stage.settle();
			}
			const figures = await judge(stage, ann, calls);
			stage.assertSameLogin();
			return { ...figures, ...toMemoryFigures(before, await stage.measure()) };
		} catch (error) {
			throw withLog(error, stage);
		} finally {
			await stage.close();
		}
	},
};

async function send(
	{ runner }: Stage,
	{ number }: Contact,
	call: Call,
	isFile: boolean,
): Promise<Call> {
	const { text } = call;
	const document = Buffer.from(text.repeat(20)).toString('base64');
	const [path, body] = isFile
		? [
				'/api/document',
				{ number, document, fileName: 'a.txt', mimetype: 'text/plain', caption: text },
			]
		: ['/api/text', { number, message: text }];
	try {
		const { status } = await runner.call<SendResponse>('POST', path, body);
		return { ...call, status };
	} catch {
		return call;
	}
}

/** Between the upload of a file and its message. */
async function uploadBegun({ simulator: { media } }: Stage): Promise<void> {
	const before = media.uploads;
	await waitFor('an upload', () => media.uploads > before || undefined, 2_000).catch(
		() => undefined,
	);
}

async function judge(stage: Stage, ann: Contact, calls: readonly Call[]): Promise<Figures> {
	const figures = {
		'answered 200': 0,
		'cut off and sent': 0,
		'cut off and failed': 0,
		'cut off and unknown': 0,
	};
	const known = await waitFor('the queue to be empty', async () => {
		const messages = await listSent(stage, ann);
		return messages.some(({ status }) => status === 'QUEUED') ? undefined : messages;
	});
	for (const { text, status } of calls) {
		const count = ann.inbox.filter((message) => message.text === text).length;
		const view = known.find(({ message }) => message === text);
		const isPromised = status === 200 || status === 202;
		if (count > 1) throw new Error(`"${text}" reached the contact ${count} times`);
		if (isPromised && count !== 1) throw new Error(`"${text}" was answered ${status} and is lost`);
		if (view && (view.status === 'FAILED') === (count === 1)) {
			throw new Error(`"${text}" is ${view.status}, and came ${count} times`);
		}
		if (!view && count > 0) throw new Error(`"${text}" was sent, and nobody knows`);
		if (isPromised) figures['answered 200']++;
		else if (count === 1) figures['cut off and sent']++;
		else if (view) figures['cut off and failed']++;
		else figures['cut off and unknown']++;
	}
	return { calls: calls.length, ...figures, 'sent twice': 0, lost: 0 };
}

async function listSent({ runner }: Stage, { number }: Contact): Promise<MessageView[]> {
	const found: MessageView[] = [];
	let page: MessageList = { messages: [], next: '' };
	while (page.next !== null) {
		const before = page.next && `&before=${encodeURIComponent(page.next)}`;
		const query = `chat=${number}&limit=100${before}`;
		const { status, body } = await runner.call<MessageList>('GET', `/api/messages?${query}`);
		if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
		found.push(...body.messages);
		page = body;
	}
	return found;
}
