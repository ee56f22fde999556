import { ROUTES, type CreatedInstance, type DeliveryView } from '../../contract';
import { RunnerProcess, ADMIN_KEY } from '../endToEnd/RunnerProcess';
import { WebhookReceiver } from '../endToEnd/WebhookReceiver';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { readApiExamples, type ApiExample } from './readApiExamples';

interface Deliveries {
	deliveries: DeliveryView[];
}

const examples = readApiExamples();

/** What would take something away from the other examples comes last. */
const LAST = ['restart', 'logout', 'deleteSubscription', 'rotateInstanceKey', 'deleteInstance'];
const inOrder = [
	...examples.filter(({ route }) => !LAST.includes(route)),
	...LAST.flatMap((name) => examples.filter(({ route }) => route === name)),
];

test('every route of the contract has its section, and no other has', () => {
	expect(examples.map(({ route }) => route).sort()).toEqual(Object.keys(ROUTES).sort());
});

describe('each example of docs/http-api.md, called at a real runner', () => {
	const variables: Record<string, string> = { ADMIN_KEY };
	let simulator: Simulator;
	let runner: RunnerProcess;
	let receiver: WebhookReceiver;
	let phone: Phone;
	let contact: Contact;

	beforeAll(async () => {
		simulator = await startSimulator();
		receiver = new WebhookReceiver();
		await receiver.start();
		runner = new RunnerProcess({ simulator });
		await runner.start();
		phone = simulator.createPhone({ number: '15550001111', name: 'Olivia' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ben' });
		contact.autoReceipts.read = true;
	});

	afterAll(async () => {
		await runner.remove();
		await receiver.stop();
		await simulator.stop();
	});

	/** What must have happened before an example makes sense. */
	const prepare: Partial<Record<ApiExample['route'], () => Promise<void>>> = {
		getMessage: async () => {
			const { id } = await contact.receive();
			expect(id).toBe(variables.MESSAGE_ID);
		},
		listDeliveries: async () => {
			await contact.sendText(phone, 'When will it be here?');
			await receiver.until(() => receiver.of('received').length > 0, 'the answer');
			// What is delivered is marked so a moment later, and nobody is told of that.
			for (let isPending = true; isPending;) {
				const { body } = await runner.call<Deliveries>(
					'GET',
					'/api/deliveries?state=pending',
					undefined,
					{ id: variables.ID! },
				);
				isPending = body.deliveries.length > 0;
			}
		},
	};

	/** What later examples take from an answer. */
	const remember: Partial<Record<ApiExample['route'], (answer: never) => Promise<void> | void>> = {
		createInstance: ({ id, apiKey }: CreatedInstance) => {
			variables.ID = id;
			variables.KEY = apiKey;
		},
		pairingCode: async ({ code }: { code: string }) => {
			const device = await phone.enterPairingCode(code);
			await device.whenOnline();
		},
		sendText: ({ messageId }: { messageId: string }) => {
			variables.MESSAGE_ID = messageId;
		},
		createSubscription: ({ id }: { id: string }) => {
			variables.SUBSCRIPTION_ID = id;
		},
		listDeliveries: ({ deliveries }: Deliveries) => {
			variables.DELIVERY_ID = deliveries[0]?.id ?? '';
		},
	};

	test.each(inOrder)('$method $path answers as shown', async (example) => {
		await prepare[example.route]?.();
		const response = await fetch(runner.url + fill(example.path), {
			method: example.method,
			headers: Object.fromEntries(
				Object.entries(example.headers).map(([name, value]) => [name, fill(value)]),
			),
			body: example.body?.replace(/https:\/\/example\.com\/\w+/g, receiver.url) ?? null,
		});
		const text = await response.text();
		expect([response.status, text]).toEqual([example.status, expect.anything()]);
		if (example.route === 'metrics') return;
		const answer: unknown = JSON.parse(text);
		if (example.answer !== undefined) expect(toShape(answer)).toEqual(toShape(example.answer));
		await remember[example.route]?.(answer as never);
	});

	const fill = (text: string): string =>
		text.replace(/\$(\w+)/g, (_, name: string) => {
			const value = variables[name];
			if (value === undefined) throw new Error(`No example before this one gave ${name}`);
			return value;
		});
});

/** The fields of an answer, without their values. Lists are what their first entry is. */
function toShape(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(toShape);
	if (typeof value !== 'object' || value === null) return 'value';
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toShape(field)]));
}
