/** The picture, and files: taken, pasted, dropped or chosen. */
import type { View } from "./form.tsx";
import { ACCEPTED, sizeOf } from "./files.ts";
import { Icon, type IconName } from "./icons.tsx";
import { fill } from "./words/english.ts";

export function Enclosures(view: View) {
  const { desk, words, settings } = view;
  const { sheet } = desk.state;
  const isEmpty = !sheet.picture && settings.enableScreenshot;
  return (
    <section class="enclosures" aria-labelledby="pictures">
      <h3 id="pictures">{words.pictures}</h3>
      {sheet.picture && <Shot {...view} />}
      {sheet.files.map((file) => (
        <Attached key={file.name} view={view} file={file} />
      ))}
      <div class="zone">
        {isEmpty && <Ways {...view} />}
        <ChooseFile {...view} />
        <p class="hint">{words.drop}</p>
      </div>
    </section>
  );
}

function Ways({ desk, words }: View) {
  const isTaking = desk.state.stage === "taking";
  return (
    <>
      <Small icon="camera" isBusy={isTaking} onClick={desk.take}>
        {isTaking ? words.taking : words.take}
      </Small>
      {desk.canShare && (
        <Small icon="screen" onClick={desk.share}>
          {words.share}
        </Small>
      )}
    </>
  );
}

const ChooseFile = ({ desk, words }: View) => (
  <label class="button small file">
    <Icon name="clip" />
    {words.choose}
    <input
      type="file"
      multiple
      accept={ACCEPTED}
      onChange={({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
        desk.add([...(currentTarget.files ?? [])]);
        currentTarget.value = "";
      }}
    />
  </label>
);

function Shot({ desk, words }: View) {
  const { picture, annotated } = desk.state.sheet;
  if (!picture) return null;
  const { width, height } = annotated?.drawing ?? picture;
  return (
    <div class="shot">
      <Thumb key={annotated ?? picture} blob={annotated?.annotated ?? annotated?.base ?? picture.blob} label={words.screenshot} />
      <div class="shot-side">
        <p>
          {words.screenshot} <span class="muted">{`${width} × ${height}`}</span>
        </p>
        <div class="row">
          <Small icon="pen" onClick={() => desk.annotate()}>
            {words.annotate}
          </Small>
          <IconButton icon="again" label={words.retake} onClick={desk.take} />
          <IconButton
            icon="close"
            label={fill(words.remove, { name: words.screenshot })}
            onClick={() => desk.change({ picture: null, annotated: null })}
          />
        </div>
      </div>
      {picture.warnings.length > 0 && (
        <p class="hint wide">
          <Icon name="alert" />
          {fill(words.undrawn, { things: picture.warnings.join(", ") })}
        </p>
      )}
    </div>
  );
}

/** Painted on a canvas: an <img> of a blob would need the page's policy to allow it. */
const Thumb = ({ blob, label }: { readonly blob: Blob; readonly label: string }) => (
  <canvas class="thumb" role="img" aria-label={label} ref={(canvas) => void (canvas && paint(canvas, blob))} />
);

const THUMB = [192, 128] as const;

async function paint(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.max(THUMB[0] / bitmap.width, THUMB[1] / bitmap.height);
  [canvas.width, canvas.height] = THUMB;
  const context = canvas.getContext("2d");
  if (context) context.imageSmoothingQuality = "high";
  context?.drawImage(bitmap, 0, 0, bitmap.width * scale, bitmap.height * scale);
  bitmap.close();
}

const Attached = ({ view: { desk, words, language }, file }: { readonly view: View; readonly file: File }) => (
  <div class="attached">
    <Icon name="file" />
    <span class="name">{file.name}</span>
    <span class="muted">{sizeOf(file.size, language)}</span>
    <IconButton
      icon="close"
      label={fill(words.remove, { name: file.name })}
      onClick={() => desk.change({ files: desk.state.sheet.files.filter((other) => other !== file) })}
    />
  </div>
);

interface SmallProps {
  readonly icon: IconName;
  readonly isBusy?: boolean;
  readonly onClick: () => unknown;
  readonly children: string;
}

const Small = ({ icon, isBusy, onClick, children }: SmallProps) => (
  <button type="button" class="button small" aria-disabled={isBusy} onClick={() => isBusy || onClick()}>
    <Icon name={icon} />
    {children}
  </button>
);

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => unknown;
}

export const IconButton = ({ icon, label, onClick }: IconButtonProps) => (
  <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} />
  </button>
);
