import { describe, expect, it } from "vitest";
import { stretchesOf } from "./quoting";

/** The text of each kind, without the blank lines around it. */
function cut(body: string): Record<"text" | "signature" | "quoted", string> {
  const parts = { text: "", signature: "", quoted: "" };
  for (const { kind, text } of stretchesOf(body)) parts[kind] += `${text}\n`;
  return {
    text: parts.text.trim(),
    signature: parts.signature.trim(),
    quoted: parts.quoted.trim(),
  };
}

describe("a quoted original", () => {
  it.each([
    ["Gmail", "On Tue, 17 Nov 2026 at 09:10, Kari Lund <kari@norvik.example> wrote:"],
    ["Apple Mail", "On 17 Nov 2026, at 09:10, Kari Lund <kari@norvik.example> wrote:"],
    ["Thunderbird", "Am 17.11.26 um 09:10 schrieb Kari Lund:"],
    ["German Gmail", "Am Di., 17. Nov. 2026 um 09:10 Uhr schrieb Kari <kari@norvik.example>:"],
    ["Portuguese", "Em ter., 17 de nov. de 2026 às 09:10, Kari <kari@norvik.example> escreveu:"],
    ["Norwegian Gmail", "tir. 17. nov. 2026 kl. 09:10 skrev Kari Lund <kari@norvik.example>:"],
    ["Norwegian", "Den 17.11.2026 09:10, skrev Kari Lund:"],
    ["Norwegian Apple Mail", "På 17. november 2026 kl. 09:10 skrev Kari Lund:"],
  ])("is found by its marks and the line above it: %s", (_, attribution) => {
    const body = `It works again.\n\n${attribution}\n\n> Storage answers 504.\n>\n> Kari\n`;
    expect(cut(body)).toEqual({
      text: "It works again.",
      signature: "",
      quoted: `${attribution}\n\n> Storage answers 504.\n>\n> Kari`,
    });
  });

  it("is found where the line above it is wrapped", () => {
    const body =
      "Yes.\n\nOn Tue, 17 Nov 2026 at 09:10, Kari Lund\n<kari@norvik.example> wrote:\n> May we?";
    expect(cut(body).text).toBe("Yes.");
  });

  it("is found without marks where the line above names an address", () => {
    const body = "Yes.\n\nOn Tue, 17 Nov 2026, Kari <kari@norvik.example> wrote:\nMay we restore?";
    expect(cut(body).text).toBe("Yes.");
    expect(cut(body).quoted).toContain("May we restore?");
  });

  it.each([
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "-----Mensagem original-----",
    "-----Opprinnelig melding-----",
    "---- Original message ----",
  ])("goes on to the end below %s", (mark) => {
    const body = `Done.\n\n${mark}\nFrom: Kari\n\nPlease restart it.\n\nAnd then?`;
    expect(cut(body).text).toBe("Done.");
    expect(cut(body).quoted).toContain("And then?");
  });

  it.each([
    [
      "English",
      "From: Kari Lund <k@norvik.example>\nSent: Tuesday, 17 November 2026 09:10\nTo: ECO\nSubject: 504",
    ],
    [
      "bold",
      "*From:* Kari Lund\n*Sent:* Tuesday, 17 November 2026 09:10\n*To:* ECO\n*Subject:* 504",
    ],
    [
      "German",
      "Von: Kari Lund\nGesendet: Dienstag, 17. November 2026 09:10\nAn: ECO\nBetreff: 504",
    ],
    [
      "Portuguese",
      "De: Kari Lund\nEnviado em: terça-feira, 17 de novembro de 2026 09:10\nPara: ECO\nAssunto: 504",
    ],
    ["Norwegian", "Fra: Kari Lund\nSendt: tirsdag 17. november 2026 09:10\nTil: ECO\nEmne: 504"],
  ])("begins at the head of a mail: %s", (_, head) => {
    const body = `We restarted it.\n\n________________________________\n${head}\n\nStorage answers 504.`;
    expect(cut(body)).toMatchObject({ text: "We restarted it." });
    expect(cut(body).quoted).toMatch(/^____/);
  });

  it("of two lines or more at the end needs no line above it", () => {
    expect(cut("Yes, please.\n\n> May we restore?\n> It takes 50 min.").text).toBe("Yes, please.");
  });

  it("above the answer is folded where somebody is named", () => {
    const body = "On 17 Nov 2026, Kari wrote:\n> May we?\n\nYes, go ahead.";
    expect(cut(body)).toMatchObject({ text: "Yes, go ahead." });
  });
});

describe("what is not surely a quotation stays text", () => {
  it.each([
    ["one line with a mark", "The limit:\n\n> 500 ms"],
    ["a prompt between lines", "I ran\n> dir\n> type log.txt\nand it failed."],
    [
      "questions with answers between them",
      "On 17 Nov 2026, Kari wrote:\n> Which user?\n\nAll.\n\n> Since when?\n\nSince 09:10.",
    ],
    [
      "a sentence that ends like an attribution",
      "On 17 Nov the service wrote:\nERROR 42\nto its log.",
    ],
    ["an attribution without a date", "On startup it wrote:\n\nno such file"],
    ["a head with only a sender", "From: the ingestion service\nWe see no requests."],
    ["words like those of a head", "From: 09:10\nTo: 09:40\nUsers could not log in."],
    ["a mail that is nothing but an original", "-----Original Message-----\nFrom: Kari\n\nHelp."],
    ["a mail that is all marked", "> a\n> b"],
  ])("%s", (_, body) => {
    expect(stretchesOf(body).map(({ kind }) => kind)).toEqual(["text"]);
  });
});

describe("a signature", () => {
  it.each([
    ["after two hyphens", "Thanks for the log.\n\n-- \nKari Lund\nNorvik Energy\n+47 510 00 000"],
    ["English", "We rebuilt the index.\n\nBest regards,\nMarcus\nEDI Cloud Operations\nAWS"],
    ["on one line", "We rebuilt the index.\n\nBest regards, Marcus · EDI Cloud Operations"],
    ["German", "Der Index ist neu.\n\nMit freundlichen Grüßen\n\nJonas Weber\nLeiter Betrieb"],
    ["German, short", "Läuft wieder.\n\nViele Grüße\nJonas"],
    ["Portuguese", "O índice foi refeito.\n\nAtenciosamente,\nTomás Rivera"],
    ["Norwegian", "Indeksen er ny.\n\nMed vennlig hilsen\nIngrid Solheim\nDriftsleder"],
    ["of a telephone", "Yes.\n\nSent from my iPhone"],
  ])("%s", (_, body) => {
    const { text, signature } = cut(body);
    expect(text).toBe(body.slice(0, body.indexOf("\n")));
    expect(signature).not.toBe("");
  });

  it("stands above the quoted original", () => {
    const body = "Yes.\n\nRegards,\nKari\n\nOn 17 Nov 2026, Marcus wrote:\n> May we?";
    expect(cut(body)).toMatchObject({ text: "Yes.", signature: "Regards,\nKari" });
  });

  it.each([
    ["a question follows", "Best regards,\nMarcus\n\nCould you also send the log of the proxy?"],
    ["an afterthought follows", "It works.\n\nRegards,\nKari\n\nPS: the other cluster too"],
    [
      "a rule between two parts",
      "First.\n--\nThen we restarted the service and all of the logs were gone again.",
    ],
    [
      "the closing is part of a sentence",
      "Best regards to the whole team that has helped us out so well.",
    ],
    ["nothing else was written", "Best regards,\nKari"],
    ["there is only a name", "It works.\n\nKari"],
  ])("is not seen where %s", (_, body) => {
    expect(stretchesOf(body).map(({ kind }) => kind)).toEqual(["text"]);
  });
});

it("keeps every character", () => {
  const body = "a\n\nRegards,\nK\n\nOn 17 Nov 2026, M wrote:\n> x\n> y\n\n";
  expect(
    stretchesOf(body)
      .map(({ text }) => text)
      .join("\n"),
  ).toBe(body);
  for (const { at, text } of stretchesOf(body)) expect(body.slice(at).startsWith(text)).toBe(true);
});
