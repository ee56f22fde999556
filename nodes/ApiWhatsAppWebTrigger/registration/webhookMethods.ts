import type { IHookFunctions } from 'n8n-workflow';
import { toNodeError } from '../../ApiWhatsAppWeb/transport';
import { hostedRegistrar } from './hostedRegistrar';
import { openRegistration } from './openRegistration';
import type { Registrar, Registration } from './Registration';
import { runnerRegistrar } from './runnerRegistrar';

/** Whether the connection already delivers to this URL with the present settings. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	return await register(this, 'check the webhook', (registrar, registration) =>
		registrar.exists(registration),
	);
}

/** Asks the connection to deliver to this URL. */
export async function create(this: IHookFunctions): Promise<boolean> {
	await register(this, 'register the webhook', (registrar, registration) =>
		registrar.create(registration),
	);
	return true;
}

/** Takes back what `create` made for this URL. */
export async function remove(this: IHookFunctions): Promise<boolean> {
	await register(this, 'remove the webhook', (registrar, registration) =>
		registrar.remove(registration),
	);
	return true;
}

async function register<T>(
	context: IHookFunctions,
	attempt: string,
	act: (registrar: Registrar, registration: Registration) => Promise<T>,
): Promise<T> {
	let registration: Registration | undefined;
	try {
		registration = await openRegistration(context);
		const { kind } = registration.api.connection;
		return await act(kind === 'hosted' ? hostedRegistrar : runnerRegistrar, registration);
	} catch (error) {
		throw toNodeError(error, {
			node: context.getNode(),
			attempt,
			connection: registration?.api.connection,
			// Publishing a workflow shows no description.
			isMessageAlone: true,
		});
	}
}
