import type { SendResponse } from '../../contract';
import { startSimulator, type Contact, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';

describe('a change that is retried under its Idempotency-Key', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let contact: Contact;

	beforeAll(async () => {
		simulator = await startSimulator();
		runner = new RunnerProcess({ simulator });
		await runner.start();
		await runner.createInstance('shop');
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		const device = await phone.scan(body.qr);
		await device.whenOnline();
	});

	afterAll(async () => {
		await runner.remove();
		await simulator.stop();
	});

	test('is answered as the first time, although the message is deleted by then', async () => {
		const sent = await runner.call<SendResponse>('POST', '/api/text', {
			number: contact.number,
			message: 'a slip',
		});
		const { id } = await contact.receive();
		const path = `/api/message/${sent.body.messageId}`;
		const remove = () =>
			runner.call<SendResponse>('DELETE', path, undefined, { 'idempotency-key': 'sorry' });
		const change = () =>
			runner.call<SendResponse>('PUT', path, { message: 'a slip?' }, { 'idempotency-key': 'hm' });
		const changed = await change();
		expect(changed).toMatchObject({ status: 200, body: { messageId: id } });
		const first = await remove();
		expect(first).toMatchObject({ status: 200, body: { messageId: id } });
		await contact.receive(({ edit }) => edit === '7');
		const again = await remove();
		expect(again).toMatchObject({ status: 200, body: { messageId: id } });
		expect(await change()).toEqual(changed);
		const edit = await runner.call('PUT', path, { message: 'no slip' });
		expect(edit.status).toBe(422);
		expect(contact.inbox.filter(({ edit }) => edit === '7')).toHaveLength(1);
	});
});
