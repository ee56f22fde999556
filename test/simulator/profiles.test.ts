import { Agent } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import sharp from 'sharp';
import { startSimulator, type Contact, type Group, type Phone, type Simulator } from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('profiles', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let shop: Contact;
	let group: Group;
	let client: PlainClient;
	let picture: Buffer;
	let png: Buffer;
	const trusted = getCACertificates('default');

	beforeAll(async () => {
		const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
		picture = await image.jpeg().toBuffer();
		png = await image.png().toBuffer();
		simulator = await startSimulator();
		setDefaultCACertificates([...trusted, simulator.caCertificate]);
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', picture, about: 'Busy' });
		shop = simulator.createContact({
			number: '15550003333',
			name: 'shop',
			business: {
				verifiedName: 'The Shop',
				description: 'Sells',
				category: 'Retail',
				email: 'a@b.c',
			},
		});
		group = simulator.createGroup({
			subject: 'All',
			participants: [contact, phone],
			admins: [phone],
		});
		const fetchAgent = new Agent({ ca: simulator.caCertificate });
		({ client } = await linkPlainClient(simulator, phone, { fetchAgent }));
	});

	afterAll(async () => {
		client.end();
		setDefaultCACertificates(trusted);
		await simulator.stop();
	});

	test('the picture of a contact is served by the media host', async () => {
		const url = await client.socket.profilePictureUrl(contact.pn, 'image');
		const response = await fetch(url ?? '');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
	});

	test('who has no picture and who hides it are told apart', async () => {
		await expect(client.socket.profilePictureUrl(shop.pn)).rejects.toThrow('item-not-found');
		contact.hidesProfile = true;
		await expect(client.socket.profilePictureUrl(contact.pn)).rejects.toThrow('not-authorized');
		contact.hidesProfile = false;
	});

	test("the client changes the owner's picture and takes it away", async () => {
		await client.socket.updateProfilePicture(phone.pn, png);
		expect((await sharp(phone.picture).metadata()).format).toBe('jpeg');
		await client.socket.removeProfilePicture(phone.pn);
		expect(phone.picture).toBeUndefined();
	});

	test('the client changes the picture of a group, and of nobody else', async () => {
		await client.socket.updateProfilePicture(group.jid, png);
		expect((await sharp(group.picture).metadata()).format).toBe('jpeg');
		await expect(client.socket.updateProfilePicture(contact.pn, png)).rejects.toThrow('forbidden');
		expect(contact.picture).toEqual(picture);
	});

	test('another picture of a contact is told to the client', async () => {
		const updates = client.record('contacts.update');
		shop.setPicture(picture);
		const [update] = await client.until(() => updates[0], 'the update');
		expect(update).toEqual({ id: shop.pn, imgUrl: 'changed' });
	});

	test('about texts are read and written', async () => {
		const about = async (jid: string) => (await client.socket.fetchStatus(jid))?.[0]?.status;
		expect(await about(contact.pn)).toMatchObject({ status: 'Busy' });
		contact.hidesProfile = true;
		expect(await about(contact.pn)).toMatchObject({ status: '' });
		contact.hidesProfile = false;
		await client.socket.updateProfileStatus('At work');
		expect(phone.about).toBe('At work');
	});

	test('a business has a profile, and its messages a verified name', async () => {
		expect(await client.socket.getBusinessProfile(shop.pn)).toMatchObject({
			wid: shop.pn,
			description: 'Sells',
			category: 'Retail',
			email: 'a@b.c',
		});
		expect(await client.socket.getBusinessProfile(contact.pn)).toBeUndefined();
		const message = await client.message(await shop.sendText(phone, 'hello'));
		expect(message).toMatchObject({ verifiedBizName: 'The Shop', pushName: 'shop' });
	});
});
