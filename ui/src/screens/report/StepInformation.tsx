// Step 2, "Additional information": subject, description with ECO's guidance beside it, files.
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { grouped, lengthOf, lengthWords } from "../../format/size";
import { type DropState, DropZone } from "../../parts/DropZone";
import { FileTable } from "../../parts/FileTable";
import { LIMITS } from "../../platform/rules";
import { useCommand } from "../../query/hooks";
import { Field } from "./Field";
import { kindOf } from "./kinds";
import { useReport } from "./useReport";

export function StepInformation({ drop }: { drop: DropState }) {
  return (
    <div className="eco-report-columns">
      <Container>
        <SpaceBetween size="m">
          <Subject />
          <Description />
          <Files drop={drop} />
        </SpaceBetween>
      </Container>
      <Guidance />
    </div>
  );
}

function Subject() {
  const { content, update } = useReport();
  const length = lengthOf(content.subject);
  return (
    <Field
      name="subject"
      label="Subject"
      stretch
      constraintText={
        // Said when it matters, not from the first letter on.
        length > LIMITS.subject * 0.7 ? (
          <Counter length={length} limit={LIMITS.subject} text="One line." />
        ) : undefined
      }
    >
      <Input
        value={content.subject}
        placeholder="What does not work, in one line"
        onChange={({ detail }) => update({ subject: detail.value })}
        spellcheck
      />
    </Field>
  );
}

function Description() {
  const { id, content, update } = useReport();
  // Contact method and reference are added below, and count too.
  const preview = useCommand("report_preview", { draft: id }, { keepPrevious: true });
  return (
    <Field
      name="body"
      label="Description"
      stretch
      constraintText={
        <Counter
          length={lengthOf(content.body)}
          limit={LIMITS.body - (preview.data?.added ?? 0)}
          text="Plain text, as you write it. Contact method and reference are added below."
        />
      }
    >
      <Textarea
        value={content.body}
        rows={9}
        onChange={({ detail }) => update({ body: detail.value })}
        spellcheck
      />
    </Field>
  );
}

function Counter({ length, limit, text }: { length: number; limit: number; text: string }) {
  const over = length - limit;
  return (
    <span className="eco-report-counter">
      <span>{text}</span>
      <span className={over > 0 ? "eco-report-over" : undefined}>
        {lengthWords(length, limit)} characters
        {over > 0 && `, ${grouped(over)} too many`}
      </span>
    </span>
  );
}

function Files({ drop }: { drop: DropState }) {
  const { id, files } = useReport();
  return (
    <Field
      name="files"
      label={
        <>
          Files <i>– optional</i>
        </>
      }
      constraintText={`Up to ${LIMITS.files} files of at most ${LIMITS.fileBytes / 1024 ** 2} MB each.`}
      stretch
    >
      <SpaceBetween size="xs">
        <DropZone draftId={id} over={drop.over} coming={drop.coming} />
        <FileTable draftId={id} files={files} />
      </SpaceBetween>
    </Field>
  );
}

function Guidance() {
  const { content } = useReport();
  return (
    <aside aria-label="What ECO needs to know" data-testid="report-guidance">
      <Container header={<Header variant="h2">What ECO needs to know</Header>}>
        <SpaceBetween size="s">
          <ul className="eco-report-hints">
            {kindOf(content.kind)?.hints.map((hint) => (
              <li key={hint.what}>
                <span className="eco-report-hint-what">{hint.what}</span>
                <span className="eco-report-hint-how">{hint.how}</span>
              </li>
            ))}
          </ul>
          <Box variant="small" color="text-body-secondary">
            The more of it ECO knows, the less it has to ask back. Leave out passwords and tokens.
          </Box>
        </SpaceBetween>
      </Container>
    </aside>
  );
}
