import type { InstanceView } from '../../../contract';
import { INSTANCE_STATES } from '../../../contract';
import type { SendRequest } from '../transport';
import {
	ApiClient,
	ApiFailure,
	connectAsAdmin,
	findInstance,
	resolveConnection,
} from '../transport';
import type { Credential } from '../transport';

/** Asks a session runner for the state of the instance. Makes nothing: testing is only looking. */
export async function testRunner(credential: Credential, send: SendRequest): Promise<string> {
	return toVerdict(await readInstance(credential, send));
}

async function readInstance(
	credential: Credential,
	send: SendRequest,
): Promise<InstanceView | undefined> {
	if (credential.connection === 'embedded') {
		const { instanceName } = credential;
		return await findInstance(await connectAsAdmin(instanceName, send), instanceName);
	}
	const client = new ApiClient(await resolveConnection(credential, send), send);
	const instance = await client.call('getInstance');
	if (INSTANCE_STATES.includes(instance.state)) return instance;
	throw new ApiFailure(`What answers at ${credential.baseUrl} is not a session runner`, {
		hint: 'Check the URL and port in the credential. If it is one, update n8n-nodes-api-whatsapp-web.',
	});
}

function toVerdict(instance: InstanceView | undefined): string {
	switch (instance?.state) {
		case 'connected':
			return `Linked to the number ${toMasked(instance.number)} and connected`;
		case 'reconnecting':
			return `Linked to the number ${toMasked(instance.number)}; reconnecting to WhatsApp just now`;
		case 'blocked':
			throw toProblem('WhatsApp has blocked the number', 'Open WhatsApp on the phone to see why.');
		case 'stopped':
			throw toProblem(
				'the instance is stopped',
				'Run the operation Instance → Restart. It stops when another process uses the same login.',
			);
		case 'unlinked':
		case 'linking':
		case 'loggedOut':
		case undefined:
			throw toProblem(
				'no phone is linked yet',
				'Close this window, run the operation Instance → Connect of the node “API WhatsApp Web”, and scan the QR code in its output.',
			);
	}
}

function toProblem(what: string, hint: string): ApiFailure {
	return new ApiFailure(`The settings are right, but ${what}`, { hint });
}

/** The last digits are enough to recognise one's own number. */
function toMasked(number: string | null | undefined): string {
	return number ? `ending in ${number.slice(-4)}` : 'of the phone';
}
