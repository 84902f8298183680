// What the steps on the way to AWS are called.
import type { Hop, TestedService } from "../../platform/contract";

export function hopName(hop: Hop): string {
  switch (hop) {
    case "route":
      return "Find the way";
    case "proxy-name":
      return "Look up the proxy's name";
    case "proxy-connection":
      return "Reach the proxy";
    case "proxy-pass":
      return "Get through the proxy";
    case "host-name":
      return "Look up AWS's name";
    case "host-connection":
      return "Reach AWS";
    case "encryption":
      return "Encrypt the connection";
    case "answer":
      return "Get an answer from AWS";
    case "clock":
      return "Compare the clocks";
  }
}

export function serviceName(service: TestedService): string {
  switch (service) {
    case "support":
      return "AWS Support";
    case "support-standby":
      return "AWS Support, standby";
    case "sts":
      return "Security Token Service";
    case "identity-center":
      return "IAM Identity Center";
    case "identity-center-portal":
      return "IAM Identity Center portal";
  }
}

export function servicePurpose(service: TestedService): string {
  switch (service) {
    case "support":
      return "incidents and their correspondence";
    case "support-standby":
      return "incidents and their correspondence while the main address does not answer";
    case "sts":
      return "who you are, and roles";
    case "identity-center":
      return "signing in";
    case "identity-center-portal":
      return "the accounts and roles that your sign-in gives you";
  }
}

/** A fingerprint as people compare it: pairs of digits. */
export function fingerprint(id: string): string {
  return (id.toUpperCase().match(/../g) ?? []).join(":");
}
