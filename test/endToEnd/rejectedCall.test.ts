import { setTimeout as delay } from 'node:timers/promises';
import { startSimulator, type Phone, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';
import { seededRandom } from './seededRandom';

const ROUNDS = 4;
/** By then a call has long been answered. */
const LATEST_KILL_MS = 80;
const SEED = Number(process.env.AWW_CHAOS_SEED ?? Date.now() % 1_000_000);

describe('a call that is rejected by itself while the runner is killed', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let phone: Phone;

	beforeAll(async () => {
		simulator = await startSimulator();
		runner = new RunnerProcess({ simulator });
		await runner.start();
		await runner.createInstance('shop');
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		await (await phone.scan(body.qr)).whenOnline();
		const settings = { rejectCalls: true, rejectCallsText: 'no calls', messagesPerMinute: 0 };
		await runner.call('POST', '/api/config/automatic', settings);
	});

	afterAll(async () => {
		await runner.remove();
		await simulator.stop();
	});

	test(`is answered once at most, in ${ROUNDS} rounds (seed ${SEED})`, async () => {
		const random = seededRandom(SEED);
		for (let round = 0; round < ROUNDS; round++) {
			const contact = simulator.createContact({ number: `1555000220${round}` });
			const call = contact.call(phone);
			await delay(random() * LATEST_KILL_MS);
			await runner.kill();
			await runner.start();
			call.hangUp();
			const end = { number: contact.number, message: 'the end' };
			for (let status = 0; status !== 200;) {
				({ status } = await runner.call('POST', '/api/text', end));
			}
			await contact.receive(({ text }) => text === 'the end');
			const ids = contact.inbox.flatMap(({ text, id }) => (text === 'no calls' ? [id] : []));
			expect(new Set(ids).size).toBeLessThanOrEqual(1);
		}
	});
});
