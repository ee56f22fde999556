import { randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import { nowSeconds } from '../stanzas/bigEndian';

const DAY_SECONDS = 24 * 3600;

/** An invitation into a group, with a code of its own that one person can use. */
export const toGroupInvite = (group: Group, caption?: string): proto.IMessage => ({
	groupInviteMessage: {
		groupJid: group.jid,
		groupName: group.subject,
		inviteCode: group.createPersonalInvite(),
		inviteExpiration: nowSeconds() + 3 * DAY_SECONDS,
		caption,
	},
});

/** An event people can say they come to; the secret encrypts their answers. */
export const toEvent = (
	name: string,
	startsAtSeconds = nowSeconds() + DAY_SECONDS,
): proto.IMessage => ({
	eventMessage: { name, startTime: startsAtSeconds, isCanceled: false },
	messageContextInfo: { messageSecret: randomBytes(32) },
});

/** An invitation to pay through WhatsApp. */
export const toPaymentInvite = (): proto.IMessage => ({
	paymentInviteMessage: {
		serviceType: proto.Message.PaymentInviteMessage.ServiceType.UPI,
		expiryTimestamp: nowSeconds() + DAY_SECONDS,
	},
});

/** A product of a business. */
export const toProduct = (title: string, businessOwnerJid: string): proto.IMessage => ({
	productMessage: {
		businessOwnerJid,
		product: {
			productId: '1',
			title,
			currencyCode: 'BRL',
			priceAmount1000: 10_000,
			productImageCount: 0,
		},
	},
});
