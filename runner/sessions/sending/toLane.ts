import { toNumber, toVariants } from '../../../contract';

/**
 * The name under which messages to one person keep their order, however the person is addressed: by LID,
 * or with and without Brazil's ninth digit.
 */
export function toLane(jid: string, phoneOfLid: (lid: string) => string | null): string {
	const number = jid.endsWith('@lid') ? phoneOfLid(jid) : toNumber(jid);
	if (number === null || !/^\d+$/.test(number)) return jid;
	return toVariants(number).sort()[0] ?? jid;
}
