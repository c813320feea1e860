//! The wind-down itself: cases, identities, claims, intents, polls, committees, repayment, evidence.
