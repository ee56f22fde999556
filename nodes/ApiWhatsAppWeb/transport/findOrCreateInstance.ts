import type { InstanceView } from '../../../contract';
import type { ApiClient } from './ApiClient';
import { ApiFailure } from './ApiFailure';

/** The instance of that name; undefined when there is none. `admin` acts with the admin key. */
export async function findInstance(
	admin: ApiClient,
	name: string,
): Promise<InstanceView | undefined> {
	const { instances } = await admin.call('listInstances');
	return instances.find((instance) => instance.name === name);
}

/** Id of the instance of that name, made if need be. Names are unique, so two callers get the same. */
export async function findOrCreateInstance(admin: ApiClient, name: string): Promise<string> {
	const found = await findInstance(admin, name);
	if (found) return found.id;
	const created = admin.call('createInstance', { body: { name } });
	const { id } = await created.catch(async (error: unknown) => {
		const isRefused = error instanceof ApiFailure && (error.status === 400 || error.status === 409);
		// Another execution may have made it in between.
		const made = isRefused ? await findInstance(admin, name) : undefined;
		if (made) return made;
		throw error;
	});
	return id;
}
