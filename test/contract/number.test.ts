import { toRecipient, toVariants } from '../../contract';

describe('the numbers under which WhatsApp may know a phone', () => {
	test.each([
		['a mobile of Rio Grande do Sul with its ninth digit', '5554991997181', ['555491997181']],
		['the same without it', '555491997181', ['5554991997181']],
		['a mobile of Minas Gerais, area code 31', '5531988887777', ['553188887777']],
		['a mobile of São Paulo written the old way', '551188887777', ['5511988887777']],
		['a Mexican mobile', '525512345678', ['5215512345678']],
		['the same with the 1 of old', '5215512345678', ['525512345678']],
		['an Argentine mobile as called from abroad', '5491123456789', ['541123456789']],
		['the same without the 9', '541123456789', ['5491123456789']],
		['an Argentine number with a long area code', '5492966123456', ['542966123456']],
	])('%s: %s', (_what, phone, others) => {
		expect(toVariants(phone)).toEqual([phone, ...others]);
	});

	test.each([
		['a mobile of São Paulo: there accounts have the ninth digit', '5511988887777'],
		['a Brazilian landline', '555433334444'],
		['a new Brazilian mobile: without its 9 it would be a landline', '5531912345678'],
		['a Brazilian number of too many digits', '55549919971812'],
		['an area code that does not exist', '5550991997181'],
		['a Mexican number that is too short', '52551234567'],
		['a number of another country', '15550001111'],
		['Portugal, which also begins its mobiles with 9', '351912345678'],
	])('has no other spelling: %s', (_what, phone) => {
		expect(toVariants(phone)).toEqual([phone]);
	});
});

describe('a number as people write it', () => {
	test.each([
		15550002222,
		'+1 (555) 000-2222',
		'001 555.000.2222',
		'\u202a+1 555 000 2222\u202c',
		'tel:+1-555-000-2222',
		'whatsapp:+15550002222',
		'https://wa.me/15550002222',
		'wa.me/15550002222',
		'+1 (0)555 000 2222',
		'15550002222:7@s.whatsapp.net',
		'15550002222@c.us',
	])('%s', (number) => {
		expect(toRecipient(number)).toEqual({ jid: '15550002222@s.whatsapp.net', kind: 'phone' });
	});

	test.each([
		-15550002222,
		1.5,
		1e30,
		'',
		'00',
		'abc',
		'https://wa.me/',
		'tel:',
		'1e30',
		'0555000222',
	])('%s is none', (number) => {
		expect(toRecipient(number)).toBeUndefined();
	});
});
