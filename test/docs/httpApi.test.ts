import {
	ROUTES,
	type CreatedGroup,
	type CreatedInstance,
	type DeliveryView,
	type MediaDetails,
	type PasskeyView,
	type QrCode,
	type ReceivedBody,
} from '../../contract';
import { RunnerProcess, ADMIN_KEY } from '../endToEnd/RunnerProcess';
import { WebhookReceiver } from '../endToEnd/WebhookReceiver';
import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from '../simulator';
import { ExampleFiles } from './ExampleFiles';
import { readApiExamples, type ApiExample } from './readApiExamples';
import { toShape } from './toShape';

interface Deliveries {
	deliveries: DeliveryView[];
}

/** Stands in bodies, in which a shell replaces nothing, for a message of the examples before. */
const SHOWN_MESSAGE_ID = '3EB0C1D2E3F405162738';

const examples = readApiExamples();

/** What would take something away from the other examples comes last. */
const LAST = [
	...['leaveGroup', 'deleteSubscription', 'restart', 'logout'],
	...['getPasskey', 'answerPasskey', 'confirmPasskey'],
	...['rotateInstanceKey', 'deleteInstance'],
];
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
	let files: ExampleFiles;
	let phone: Phone;
	let contact: Contact;
	let friend: Contact;
	let linkedByPasskey: Promise<LinkedDevice> | undefined;
	let assertion: unknown;

	beforeAll(async () => {
		simulator = await startSimulator();
		receiver = new WebhookReceiver();
		await receiver.start();
		files = await ExampleFiles.start();
		const env = {
			NODE_EXTRA_CA_CERTS: simulator.caCertificateFile,
			AWW_MESSAGES_PER_MINUTE: '0',
		};
		runner = new RunnerProcess({ simulator, env });
		await runner.start();
		variables.RUNNER = runner.url;
		phone = simulator.createPhone({ number: '15550001111', name: 'Olivia' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ben' });
		contact.autoReceipts.read = true;
		friend = simulator.createContact({ number: '15550003333', name: 'Cleo' });
	});

	afterAll(async () => {
		await runner.remove();
		await receiver.stop();
		await files.stop();
		await simulator.stop();
	});

	const received = async (messageId: string): Promise<ReceivedBody> =>
		await receiver.until(
			() => receiver.of('received').find((body) => body.messageId === messageId),
			'what the contact has sent',
		);

	/** What must have happened before an example makes sense. */
	const prepare: Partial<Record<ApiExample['route'], () => Promise<void>>> = {
		getPasskey: async () => {
			simulator.requirePasskey();
			const id = variables.ID!;
			const { body } = await runner.call<QrCode>('GET', '/api/instance/qr?wait=30', undefined, {
				id,
			});
			linkedByPasskey = phone.scan(body.qr);
			for (let status = 0; status !== 200;) {
				({ status } = await runner.call('GET', '/api/instance/passkey', undefined, { id }));
			}
		},
		confirmPasskey: async () => {
			await (await linkedByPasskey)?.whenOnline();
		},
		getMessage: async () => {
			await contact.receive(({ id }) => id === variables.MESSAGE_ID);
		},
		getMedia: async () => {
			const photo = files.read('photo.jpg');
			variables.MESSAGE_ID = await contact.sendMedia(phone, 'image', photo);
			const { media } = await received(variables.MESSAGE_ID);
			variables.MEDIA_URL = (media as MediaDetails).url;
		},
		markRead: async () => {
			await received(await contact.sendText(phone, 'Thank you!'));
		},
		rejectCall: async () => {
			const { id } = contact.call(phone);
			await received(id);
			variables.CALL_ID = id;
		},
		joinGroup: async () => {
			const { inviteCode } = simulator.createGroup({ subject: 'Walks', participants: [friend] });
			variables.INVITE_LINK = `https://chat.whatsapp.com/${inviteCode}`;
		},
		listDeliveries: async () => {
			await received(await contact.sendText(phone, 'When will it be here?'));
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
		getPasskey: ({ options }: PasskeyView) => {
			assertion = phone.passkey.answer({ challenge: options.challenge ?? '' });
		},
		sendText: ({ messageId }: { messageId: string }) => {
			variables.MESSAGE_ID = messageId;
		},
		createGroup: ({ id }: CreatedGroup) => {
			variables.GROUP_ID = id;
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
		const response = await fetch(fill(example.url), {
			method: example.method,
			headers: Object.fromEntries(
				Object.entries(example.headers).map(([name, value]) => [name, fill(value)]),
			),
			body: example.form.length > 0 ? toForm(example.form) : toBody(example),
		});
		const body = Buffer.from(await response.arrayBuffer());
		const { status, headers } = response;
		if (status !== example.status) throw new Error(`${status} ${body.toString()}`);
		if (!headers.get('content-type')?.startsWith('application/json')) {
			expect(example.answer).toBeUndefined();
			expect(body.length).toBeGreaterThan(0);
			return;
		}
		const answer: unknown = JSON.parse(body.toString());
		if (example.answer !== undefined) expect(toShape(answer)).toEqual(toShape(example.answer));
		await remember[example.route]?.(answer as never);
	});

	const toBody = ({ body, route }: ApiExample): string | null => {
		if (route === 'answerPasskey') return JSON.stringify({ assertion });
		if (body === undefined) return null;
		return files
			.fill(body)
			.replace(/https:\/\/example\.com\/\w+/g, receiver.url)
			.replace(/https:\/\/chat\.whatsapp\.com\/\w+/g, () => variables.INVITE_LINK ?? '')
			.replace(SHOWN_MESSAGE_ID, () => variables.MESSAGE_ID ?? '');
	};

	const toForm = (fields: ApiExample['form']): FormData => {
		const form = new FormData();
		for (const [name, value] of fields) {
			if (!value.startsWith('@')) form.set(name, fill(value));
			else form.set(name, new Blob([Uint8Array.from(files.read(value.slice(1)))]), value.slice(1));
		}
		return form;
	};

	const fill = (text: string): string =>
		text.replace(/\$(\w+)/g, (_, name: string) => {
			const value = variables[name];
			if (value === undefined) throw new Error(`No example before this one gave ${name}`);
			return value;
		});
});
