import { setTimeout as delay } from 'node:timers/promises';
import type { SendResponse } from '../../contract';
import { startSimulator, type Contact, type LinkedDevice, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';
import { seededRandom } from './seededRandom';
import { WebhookReceiver } from './WebhookReceiver';

/** More rounds: AWW_TEST_KILL_ROUNDS=200 npm test -- killMinus9. */
const ROUNDS = Number(process.env.AWW_TEST_KILL_ROUNDS ?? 20);
const CATCH_UP_MS = 30_000 + ROUNDS * 1_000;
const SEED = Number(process.env.AWW_TEST_SEED ?? Date.now() % 1_000_000);

describe(`kill -9 of the runner, ${ROUNDS} rounds (seed ${SEED})`, () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let receiver: WebhookReceiver;
	let device: LinkedDevice;
	let phone: ReturnType<Simulator['createPhone']>;

	beforeAll(async () => {
		simulator = await startSimulator();
		receiver = new WebhookReceiver();
		await receiver.start();
		runner = new RunnerProcess({ simulator, env: { AWW_WEBHOOK_SCHEDULE: '0,1,1,1,1,1,1,1,1,1' } });
		await runner.start();
		const url = receiver.url;
		const instance = await runner.createInstance('kill', { received: url, sent: url, status: url });
		receiver.secret = instance.webhookSecret;
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		device = await phone.scan(body.qr);
		await device.whenOnline();
	});

	afterAll(async () => {
		await runner.remove();
		await receiver.stop();
		await simulator.stop();
	});

	test(
		'loses no message, repeats none under another id, and sends each text once',
		async () => {
			const random = seededRandom(SEED);
			const ann = simulator.createContact({ number: '15550002222', name: 'Ann' });
			const lida = simulator.createContact({
				number: '15550003333',
				name: 'Lida',
				addressing: 'lid',
			});
			const bob = simulator.createContact({ number: '15550004444', name: 'Bob' });
			const group = simulator.createGroup({ subject: 'Team', participants: [ann, bob, phone] });
			const incoming: string[] = [];
			const answered: string[] = [];
			let isOver = false;
			const registrations = simulator.counters.registrations;

			const stream = async (contact: Contact, to: typeof phone | typeof group) => {
				for (let n = 0; !isOver; n++) {
					incoming.push(await contact.sendText(to, `${contact.number} ${n}`));
					await delay(5 + random() * 25);
				}
			};
			const send = async (contact: Contact) => {
				for (let n = 0; !isOver; n++) {
					const key = `${contact.number}-${n}`;
					// A call cut off by the kill is made again with its key until it is answered.
					for (let isAnswered = false; !isAnswered && !isOver;) {
						isAnswered = await runner
							.call<SendResponse>(
								'POST',
								'/api/text',
								{ number: contact.number, message: key },
								{ 'Idempotency-Key': key },
							)
							.then(
								({ status }) => status === 200 || status === 202,
								() => false,
							);
						if (isAnswered) answered.push(key);
						else await delay(20);
					}
				}
			};
			const traffic = [
				stream(ann, phone),
				stream(lida, phone),
				stream(bob, group),
				send(ann),
				send(lida),
			];
			for (let round = 0; round < ROUNDS; round++) {
				await delay(30 + random() * 400);
				await runner.kill();
				await runner.start();
			}
			isOver = true;
			await Promise.all(traffic);
			// Messages come faster than a runner that is killed all the time takes them: a backlog is left.
			await device.drained({ timeoutMs: CATCH_UP_MS });
			const arrived = () => new Set(receiver.of('received').map(({ messageId }) => messageId));
			await receiver.until(
				() => arrived().size >= incoming.length,
				`${incoming.length} messages`,
				CATCH_UP_MS,
			);

			const eventIds = new Map<string, Set<string>>();
			for (const { messageId, eventId } of receiver.of('received')) {
				eventIds.set(messageId, (eventIds.get(messageId) ?? new Set()).add(eventId));
			}
			expect(incoming.filter((id) => !eventIds.has(id))).toEqual([]);
			expect([...eventIds].filter(([, ids]) => ids.size > 1)).toEqual([]);
			expect(receiver.forged).toBe(0);

			const texts = [...ann.inbox, ...lida.inbox].map(({ text }) => text);
			expect(answered.filter((text) => !texts.includes(text))).toEqual([]);
			expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);

			const { retryReceipts, nacks, decryptErrors } = simulator.counters;
			expect({ retryReceipts, nacks, decryptErrors }).toEqual({
				retryReceipts: 0,
				nacks: {},
				decryptErrors: 0,
			});
			expect(simulator.counters.registrations).toBe(registrations);
			expect(phone.devices).toHaveLength(1);
		},
		60_000 + CATCH_UP_MS + ROUNDS * 6_000,
	);
});
