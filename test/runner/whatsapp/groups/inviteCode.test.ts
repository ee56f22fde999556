import { toInviteCode } from '../../../../runner/whatsapp/groups/inviteCode';

const CODE = 'AbCdEfGhIjKlMnOpQrStUv';

describe('an invite', () => {
	test.each([
		CODE,
		` ${CODE} `,
		`https://chat.whatsapp.com/${CODE}`,
		`http://chat.whatsapp.com/invite/${CODE}`,
		`chat.whatsapp.com/${CODE}/`,
		`https://chat.whatsapp.com/${CODE}?mode=ac_t`,
		`HTTPS://CHAT.WHATSAPP.COM/${CODE}`,
	])('is read from %p', (invite) => {
		expect(toInviteCode(invite)).toBe(CODE);
	});

	test.each([
		'',
		'short',
		`https://chat.whatsapp.com.example.test/${CODE}`,
		`https://example.test/${CODE}`,
		`https://chat.whatsapp.com/`,
		`${CODE} ${CODE}`,
		'x'.repeat(65),
	])('is not %p', (invite) => {
		expect(toInviteCode(invite)).toBeUndefined();
	});
});
