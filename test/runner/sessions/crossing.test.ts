import { seededRandom } from '../../endToEnd/seededRandom';
import type { Contact, LinkedDevice } from '../../simulator';
import { SessionRig } from './SessionRig';

const SEED = Number(process.env.AWW_CROSSING_SEED ?? Date.now() % 1_000_000);
/** Chats that begin so, in groups of as many at once. */
const CHATS = 60;
const AT_ONCE = 6;
/** Seconds on an idle machine; others may have to share theirs. */
const TIMEOUT_MS = 300_000;
/** What each contact writes to the account, and the account to each contact. */
const WRITTEN = 6;
const SENT = 3;
/** Between two steps the event loop turns so many times at the most: the pace of a test without a clock. */
const MAX_PAUSE_TURNS = 12;

type Step = 'write' | 'send' | 'resume';

let rig: SessionRig;
let device: LinkedDevice;
let random: () => number;
let numbers = 0;

beforeAll(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	random = seededRandom(SEED);
});
afterAll(() => rig.remove());

async function pause(): Promise<void> {
	for (let turns = random() * MAX_PAUSE_TURNS; turns > 0; turns--) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}

/** Both begin to write at once: the contact reads nothing until some of its own messages have left. */
async function cross(contact: Contact): Promise<void> {
	const steps: Step[] = [...Array<Step>(WRITTEN).fill('write'), ...Array<Step>(SENT).fill('send')];
	steps.sort(() => random() - 0.5);
	steps.splice(1 + Math.floor(random() * steps.length), 0, 'resume');
	const resume = contact.pauseReading();
	const sends: Array<Promise<unknown>> = [];
	let written = 0;
	const take: Record<Step, () => Promise<unknown> | void> = {
		write: async () => device.receipted(await contact.sendText(rig.phone, `${++written}`)),
		send: () => (sends[sends.length] = rig.send(contact.number, `${sends.length + 1}`)),
		resume,
	};
	for (const step of steps) {
		const done = take[step]();
		// Every other step is waited for: both sides are to be at any point of their beginning.
		if (random() < 0.5) await done;
		else await pause();
	}
	await Promise.all(sends);
	await contact.received(SENT);
}

/** As many chats with people nobody has written with before, every third by a hidden identity. */
async function begin(damagesSessions: boolean): Promise<Contact[]> {
	rig.events.length = 0;
	const contacts = Array.from({ length: AT_ONCE }, (_, index) =>
		rig.simulator.createContact({
			number: `1555000${5000 + numbers++}`,
			addressing: index % 3 === 2 ? 'lid' : 'pn',
			damagesSessions,
		}),
	);
	await Promise.all(contacts.map(cross));
	await device.drained();
	const all = AT_ONCE * WRITTEN;
	await rig.until(() => rig.of('received').length >= all, 'all that they wrote');
	return contacts;
}

function toldOf({ number }: Contact): string[] {
	return rig
		.of('received')
		.filter((body) => body.number === number)
		.map(({ message }) => message ?? '');
}

const inOrder = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

test(
	`first messages that cross with a phone's are all read at once, in order, in ${CHATS} chats (seed ${SEED})`,
	async () => {
		const trouble = Promise.withResolvers<never>();
		rig.simulator.on('unreadable', ({ reason }) =>
			trouble.reject(new Error(`A phone could not read the runner's message: ${reason}`)),
		);
		rig.simulator.on('receipt', ({ type }) => {
			if (type === 'retry') trouble.reject(new Error('The runner asked a phone again.'));
		});
		for (let n = 0; n < CHATS; n += AT_ONCE) {
			for (const contact of await Promise.race([trouble.promise, begin(false)])) {
				expect(toldOf(contact)).toEqual(inOrder(WRITTEN));
				expect(contact.inbox.map(({ text }) => text)).toEqual(inOrder(SENT));
			}
		}
		expect(rig.simulator.counters.nacks).toEqual({});
	},
	TIMEOUT_MS,
);

test('a peer that damages its sessions by that is asked again, and the log tells what came late', async () => {
	const number = `1555000${5000 + numbers++}`;
	const bot = rig.simulator.createContact({ number, damagesSessions: true });
	const write = (text: string) => bot.sendText(rig.phone, text);
	const asked = rig.simulator.counters.retryReceipts;
	const resume = bot.pauseReading();
	await rig.send(number, 'begins a session');
	await device.receipted(await write('begins another one'));
	await rig.send(number, 'in the session of the other side');
	resume();
	await bot.received(2);
	await write('in the first session, damaged by now');
	await rig.until(() => toldOf(bot).length === 2, 'what was asked for again');
	expect(rig.simulator.counters.retryReceipts).toBeGreaterThan(asked);
	const logged = (text: string) => rig.logLines.filter((line) => line.includes(text));
	expect(logged('could not be read')).toHaveLength(1);
	const [late = ''] = logged('after it was asked for again');
	expect(JSON.parse(late)).toMatchObject({ waitedMs: expect.any(Number), overtakenBy: 0 });
	expect(logged('15550005')).toEqual([]);
});
