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

/**
 * Asks a session runner for the state of the instance. Makes nothing: testing is only looking. A phone
 * that is not linked yet is no error of the settings: whoever links one has to have saved them before.
 */
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
			return 'The settings are right. WhatsApp has blocked the number: open WhatsApp on the phone to see why.';
		case 'stopped':
			return 'The settings are right. The instance is stopped: run the operation Instance → Restart.';
		case 'unlinked':
		case 'linking':
		case 'loggedOut':
		case undefined:
			return 'The settings are right. To link a phone, run the operation Instance → Connect of the node “API WhatsApp Web” and scan the QR code in its output.';
	}
}

/** The last digits are enough to recognise one's own number. */
function toMasked(number: string | null | undefined): string {
	return number ? `ending in ${number.slice(-4)}` : 'of the phone';
}
