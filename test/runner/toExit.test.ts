import { Sealer, UnopenableError } from '../../runner/storage/encryption/Sealer';
import { toExit } from '../../runner/toExit';

function open(): unknown {
	try {
		return new Sealer({ activeId: 1, keys: new Map() }).open(new Uint8Array(40).fill(1), [
			'events.body',
			'15550001111',
		]);
	} catch (error) {
		return error;
	}
}

test('a stored value that does not open is explained: which file, what to do, no stack, nobody named', () => {
	const error = open();
	expect(error).toBeInstanceOf(UnopenableError);
	const { code, text } = toExit(error);
	expect(code).toBe(1);
	expect(text).toMatch(/runner\.db/);
	expect(text).toMatch(/restore it from a backup/);
	expect(text).not.toMatch(/^\s+at /m);
	expect(text).not.toContain('15550001111');
});
