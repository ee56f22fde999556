import type { LinkedDevice, WaitOptions } from '../accounts/LinkedDevice';
import type { Phone } from '../accounts/Phone';
import type { SimulatorContext } from '../SimulatorContext';
import { waitUntil } from '../waiting/waitUntil';

/** What a phone does when its owner types a pairing code. */
export async function linkByCode(
	context: SimulatorContext,
	phone: Phone,
	code: string,
	{ timeoutMs }: WaitOptions = {},
): Promise<LinkedDevice> {
	const client = await waitUntil({
		on: context.pairing.changed,
		look: () => context.pairing.findByNumber(phone.number),
		describe: () => `a client to ask for a pairing code for ${phone.number}; none has`,
		timeoutMs,
	});
	if (!client.codeRequest) throw new Error('The client has not asked for a pairing code');
	const advSecret = await client.codeRequest.accept(phone.party, code.replaceAll('-', ''));
	return client.link(phone, advSecret);
}
