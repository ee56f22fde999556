import { startSimulator, type Simulator } from './index';
import { PlainClient } from './PlainClient';
import { createPrompt } from './prompt';

describe('the simulator driven by hand', () => {
	let simulator: Simulator;
	const printed: string[] = [];

	beforeEach(async () => {
		simulator = await startSimulator();
	});

	afterEach(async () => {
		await simulator.stop();
	});

	test('tells how to start the runner, links, sends, reads and drops', async () => {
		const prompt = createPrompt(simulator, (text) => printed.push(text));
		expect(prompt.greeting).toContain(`AWW_WHATSAPP_URL=${simulator.url}`);
		expect(prompt.greeting).toContain(`AWW_WHATSAPP_ROOT_KEY=${simulator.rootKeyHex}`);
		const client = new PlainClient(simulator).connect();
		expect(await prompt.run(`scan ${await client.qr()}`)).toBe(true);
		expect(printed).toContain('linked 15550001111:1@s.whatsapp.net');
		await client.whenOpen();
		await prompt.run('send 15550002222 hello from a contact');
		await client.until(
			() => client.upserts.find(({ message }) => message?.conversation === 'hello from a contact'),
			'the message of the contact',
		);
		const sent = await client.socket.sendMessage('15550002222@s.whatsapp.net', { text: 'hi' });
		await client.status(sent?.key.id ?? '', 3);
		expect(printed).toContain('15550002222 got text: hi');
		await prompt.run('read');
		await client.status(sent?.key.id ?? '', 4);
		await prompt.run('drop close');
		expect((await client.closing(1)).code).toBe(428);
		client.end();
	});

	test('explains what it does not understand, and ends with quit', async () => {
		const prompt = createPrompt(simulator, (text) => printed.push(text));
		await prompt.run('dance');
		expect(printed.at(-1)).toBe('There is no "dance". Type help.');
		await prompt.run('scan nonsense');
		expect(printed.at(-1)).toContain('malformed');
		await prompt.run('help');
		expect(printed.at(-1)).toContain('scan <qr>');
		expect(await prompt.run('quit')).toBe(false);
	});
});
