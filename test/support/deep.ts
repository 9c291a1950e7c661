/**
 * True in `npm run test:deep`, which tries all products of choices and takes what is random long. The other commands
 * take a part that covers every choice and every pair of choices, so that they end in minutes.
 */
export const deep = process.env['TEST_DEEP'] === '1'
