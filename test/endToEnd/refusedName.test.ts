import { startSimulator, type Contact, type LinkedDevice, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';

describe('a message to a contact whose number WhatsApp refuses', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let contact: Contact;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		runner = new RunnerProcess({ simulator });
		await runner.start();
		await runner.createInstance('shop');
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		contact.migrate();
		device = await phone.scan(body.qr);
		await device.whenOnline();
	});

	afterAll(async () => {
		await runner.remove();
		await simulator.stop();
	});

	test('arrives once after a kill -9 between the refusal and the second try', async () => {
		const tries: string[] = [];
		simulator.on('messageFromClient', ({ id, to }) => tries.push(`${id} ${to}`));
		const calling = runner
			.call('POST', '/api/text', { number: contact.number, message: 'once' })
			.catch(() => undefined);
		await simulator.next('messageFromClient');
		device.losesMessages = true;
		const [{ id, to }] = await simulator.next('messageLost');
		expect(to).toBe(contact.lid);
		await runner.kill();
		await calling;
		device.losesMessages = false;
		await runner.start();
		expect(await contact.receive()).toMatchObject({ id, text: 'once', chatJid: contact.lid });
		const path = `/api/message/${id}`;
		for (let status = ''; status !== 'RECEIVED';) {
			({ status = '' } = (await runner.call<{ status?: string }>('GET', path)).body);
		}
		expect(tries).toEqual([`${id} ${contact.pn}`, `${id} ${contact.lid}`]);
		expect(contact.duplicates).toBe(0);
	});
});
