import type { CreatedInstance, QrCode } from '../../contract';
import { ADMIN_KEY, type RunnerProcess } from '../endToEnd/RunnerProcess';
import type { Contact, Group, LinkedDevice, Phone, Simulator } from '../simulator';

const LINK_TIMEOUT_MS = 120_000;
const CONTACTS = 2;

/** One linked session, and those who write with it. */
export interface SoakAccount {
	readonly instanceId: string;
	readonly phone: Phone;
	readonly contacts: readonly Contact[];
	readonly group: Group;
	readonly device: LinkedDevice;
}

/** Makes an instance and links it to a phone of its own. */
export async function linkAccount(
	index: number,
	{ simulator, runner, hookUrl }: { simulator: Simulator; runner: RunnerProcess; hookUrl: string },
): Promise<SoakAccount> {
	const phone = simulator.createPhone({ number: toNumber(index, 0), name: 'Owner' });
	const contacts = Array.from({ length: CONTACTS }, (_, place) =>
		simulator.createContact({
			number: toNumber(index, place + 1),
			name: 'Contact',
			addressing: place % 2 === 0 ? 'pn' : 'lid',
		}),
	);
	const group = simulator.createGroup({ subject: 'Group', participants: [...contacts, phone] });
	const webhooks = { received: hookUrl };
	const created = await runner.call<CreatedInstance>(
		'POST',
		'/api/instances',
		{ name: `soak ${index}`, webhooks },
		{ apiKey: ADMIN_KEY },
	);
	if (created.status !== 201) throw new Error(`No instance: ${JSON.stringify(created.body)}`);
	const instanceId = created.body.id;
	const { body } = await runner.call<QrCode>('GET', '/api/instance/qr?wait=60', undefined, {
		apiKey: ADMIN_KEY,
		id: instanceId,
	});
	const timeoutMs = LINK_TIMEOUT_MS;
	const device = await phone.scan(body.qr, { timeoutMs });
	await device.whenOnline({ timeoutMs });
	await device.drained({ timeoutMs });
	return { instanceId, phone, contacts, group, device };
}

/** Fictional numbers: the account's own is the 0th. */
const toNumber = (account: number, index: number): string =>
	`1555${String(1_000_000 + account * 10 + index)}`;
