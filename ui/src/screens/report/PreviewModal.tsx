// Exactly what is sent, word for word.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useEffect, useState } from "react";
import { Dialog } from "../../parts/Dialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Problem, ReportPreview } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import { useReport } from "./useReport";

type Saving = "saving" | "saved" | "failed";

export function PreviewModal({ onClose }: { onClose(): void }) {
  const { id, flush, content, files } = useReport();
  const [saving, setSaving] = useState<Saving>("saving");
  // The core makes the text of what is on disk.
  useEffect(() => {
    let gone = false;
    void flush().then(({ saved }) => {
      if (!gone) setSaving(saved ? "saved" : "failed");
    });
    return () => {
      gone = true;
    };
  }, [flush]);
  const preview = useCommand(
    "report_preview",
    { draft: id },
    { enabled: saving === "saved", fresh: true },
  );

  return (
    <Dialog
      size="large"
      title="What is sent"
      onClose={onClose}
      close="Close"
      aside={<Copy preview={preview.data ?? null} />}
    >
      <div data-testid="report-preview-content">
        {saving === "failed" ? (
          <Box color="text-status-error">
            The draft could not be saved just now, so what would be sent cannot be shown. What you
            entered is kept in the form.
          </Box>
        ) : preview.error ? (
          <ProblemAlert problem={preview.error} kept="What you entered is kept." />
        ) : preview.data ? (
          <SpaceBetween size="m">
            <div>
              <Box variant="awsui-key-label">Subject</Box>
              <div dir="auto">{preview.data.subject}</div>
            </div>
            <div>
              <Box variant="awsui-key-label">Description</Box>
              <pre className="eco-report-sent" dir="auto">
                {preview.data.body}
              </pre>
            </div>
            <dl className="eco-report-codes">
              <Code name="Service" code={preview.data.serviceCode} />
              <Code name="Category" code={preview.data.categoryCode} />
              <Code name="Severity" code={preview.data.severityCode} />
            </dl>
            {content.cc.length > 0 && (
              <div>
                <Box variant="awsui-key-label">Additional contacts</Box>
                <List names={content.cc} />
              </div>
            )}
            {files.length > 0 && (
              <div>
                <Box variant="awsui-key-label">Files</Box>
                <List names={files.map(({ name }) => name)} />
              </div>
            )}
          </SpaceBetween>
        ) : (
          <div className="eco-report-waiting">
            <Spinner /> Making the text
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** Names from outside, one after the other. */
function List({ names }: { names: readonly string[] }) {
  return names.map((name, index) => [index === 0 ? "" : ", ", <bdi key={name}>{name}</bdi>]);
}

function Code({ name, code }: { name: string; code: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {code === null ? (
          "Found by its name when it is sent"
        ) : code === "" ? (
          "Not chosen yet"
        ) : (
          <span className="eco-mono">{code}</span>
        )}
      </dd>
    </div>
  );
}

function Copy({ preview }: { preview: ReportPreview | null }) {
  const [copied, setCopied] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function copy({ subject, body }: ReportPreview) {
    setProblem(null);
    try {
      await call("clipboard_copy", { text: `${subject}\n\n${body}` });
      setCopied(true);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }

  return (
    <>
      <span aria-live="polite">
        {problem ? `Not copied. ${problem.message}` : copied ? "Copied" : ""}
      </span>
      <Button
        iconName="copy"
        disabled={preview === null}
        onClick={() => preview && void copy(preview)}
      >
        Copy
      </Button>
    </>
  );
}
