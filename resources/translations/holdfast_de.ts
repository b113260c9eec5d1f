<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActHere</name>
    <message>
        <source>Act here</source>
        <translation>Hier eingreifen</translation>
    </message>
    <message>
        <source>Act on %1</source>
        <translation>Bei %1 eingreifen</translation>
    </message>
    <message>
        <source>Attached to a foreign Prometheus: nothing can be switched here. Run a Holdfast engine beside the services to act.</source>
        <translation>An ein fremdes Prometheus angeschlossen: Hier lässt sich nichts schalten. Zum Eingreifen muss eine Holdfast-Engine neben den Diensten laufen.</translation>
    </message>
    <message>
        <source>The engine is not reachable: nothing can be switched. What stands here is what was last seen.</source>
        <translation>Die Engine ist nicht erreichbar: Es lässt sich nichts schalten. Hier steht, was zuletzt zu sehen war.</translation>
    </message>
    <message>
        <source>Controls cannot be read: %1</source>
        <translation>Steuerung nicht lesbar: %1</translation>
    </message>
    <message>
        <source>Reading controls…</source>
        <translation>Steuerung wird gelesen …</translation>
    </message>
    <message>
        <source>Select a service to see its breakers and flags.</source>
        <translation>Einen Dienst auswählen, um seine Breaker und Flags zu sehen.</translation>
    </message>
    <message>
        <source>Reading controls… the engine has just started.</source>
        <translation>Steuerung wird gelesen … die Engine ist gerade erst gestartet.</translation>
    </message>
    <message>
        <source>No breaker or flag of %1 is known. Controls are listed in the configuration under holdfast: controls.</source>
        <translation>Von %1 ist kein Breaker und kein Flag bekannt. Sie stehen in der Konfiguration unter holdfast: controls.</translation>
    </message>
    <message>
        <source>Disarm</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Arm controls for 1 h</source>
        <translation>Steuerung für 1 h scharf schalten</translation>
    </message>
    <message>
        <source>Controls of “%1” are armed until %2</source>
        <translation>Steuerung von „%1“ ist scharf bis %2</translation>
    </message>
    <message>
        <source>Controls of “%1” are not armed: nothing can be switched by accident.</source>
        <translation>Steuerung von „%1“ ist gesichert: Nichts lässt sich versehentlich schalten.</translation>
    </message>
    <message>
        <source>Controls of “%1” are armed.</source>
        <translation>Steuerung von „%1“ ist scharf.</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>Was es bewirkt hat</translation>
    </message>
    <message>
        <source>What it did · %1 more after “Keep”</source>
        <translation>Was es bewirkt hat · %1 weitere nach „Beibehalten“</translation>
    </message>
    <message>
        <source>1 more in force below</source>
        <translation>1 weiterer in Kraft, darunter</translation>
    </message>
    <message>
        <source>%1 more in force below</source>
        <translation>%1 weitere in Kraft, darunter</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>A recording is replayed – controls are locked.</source>
        <translation>Eine Aufzeichnung wird wiedergegeben – die Steuerung ist gesperrt.</translation>
    </message>
    <message>
        <source>Replay – controls are locked. Exit (Esc)</source>
        <translation>Wiedergabe – die Steuerung ist gesperrt. Verlassen (Esc)</translation>
    </message>
    <message>
        <source>The engine is not reachable: nothing can be switched.</source>
        <translation>Die Engine ist nicht erreichbar: nichts kann geschaltet werden.</translation>
    </message>
</context>
<context>
    <name>Action</name>
    <message>
        <source>%1 holds are being put back, %2 waiting actions cancelled</source>
        <translation>%1 Eingriffe werden zurückgenommen, %2 wartende verworfen</translation>
    </message>
</context>
<context>
    <name>ActionDialog</name>
    <message>
        <source>Reason (required)</source>
        <translation>Grund (Pflicht)</translation>
    </message>
    <message>
        <source>Recovered, load is normal again</source>
        <translation>Erholt, Last wieder normal</translation>
    </message>
    <message>
        <source>DB pool exhausted, shed load</source>
        <translation>DB-Pool erschöpft, Last abwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cannot be planned: %1</source>
        <translation>Nicht planbar: %1</translation>
    </message>
    <message>
        <source>Type “%1” – this touches many</source>
        <translation>„%1“ eintippen – das trifft viele</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>%1 eintippen</translation>
    </message>
    <message>
        <source>The engine is not reachable: nothing can be switched.</source>
        <translation>Die Engine ist nicht erreichbar: Es lässt sich nichts schalten.</translation>
    </message>
    <message>
        <source>Sent, waiting for the engine…</source>
        <translation>Gesendet, warte auf die Engine …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>Nicht geschehen: %1</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Neuer Wert</translation>
    </message>
    <message>
        <source>Down: the last reasons. #: an incident</source>
        <translation>Pfeil nach unten: die letzten Gründe. #: ein Vorfall</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Time limit %1.</source>
        <translation>Frist %1.</translation>
    </message>
    <message>
        <source>A second person must agree: it is sent only after that.</source>
        <translation>Eine zweite Person muss zustimmen: Erst danach wird gesendet.</translation>
    </message>
    <message>
        <source>Ask for: %1</source>
        <translation>Anfragen: %1</translation>
    </message>
    <message>
        <source>A reason of three characters is needed.</source>
        <translation>Ein Grund mit mindestens drei Zeichen ist nötig.</translation>
    </message>
    <message>
        <source>Type the name to confirm.</source>
        <translation>Zur Bestätigung den Namen eintippen.</translation>
    </message>
    <message>
        <source>Without a plan nothing is sent.</source>
        <translation>Ohne Plan wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Looking again…</source>
        <translation>Wird neu gelesen …</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
</context>
<context>
    <name>ActionRunner</name>
    <message>
        <source>No answer from the engine (%1). It may have been carried out: look at its state before trying again.</source>
        <translation>Keine Antwort von der Engine (%1). Vielleicht wurde es trotzdem ausgeführt: vor einem neuen Versuch den Zustand ansehen.</translation>
    </message>
</context>
<context>
    <name>AddTargetDialog</name>
    <message>
        <source>Add target</source>
        <translation>Ziel hinzufügen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AlertsView</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Only active</source>
        <translation>Nur aktive</translation>
    </message>
    <message>
        <source>Open the service</source>
        <translation>Dienst öffnen</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Open the runbook</source>
        <translation>Runbook öffnen</translation>
    </message>
    <message>
        <source>of %1 – reading only · %2 firing · %3 pending · %4 rules</source>
        <translation>von %1 – nur lesend · %2 ausgelöst · %3 schwebend · %4 Regeln</translation>
    </message>
    <message>
        <source> · %1 cannot be evaluated</source>
        <translation> · %1 nicht auswertbar</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>The Prometheus was asked for its rules.</source>
        <translation>Der Prometheus wurde nach seinen Regeln gefragt.</translation>
    </message>
    <message>
        <source>The Prometheus at %1 has no alerting rule: its silence says nothing. A Holdfast engine brings rules for the golden signals, breakers and headroom, and makes incidents of them.</source>
        <translation>Der Prometheus unter %1 hat keine Alarmregel: Seine Stille sagt nichts. Eine Holdfast-Engine bringt Regeln für die goldenen Signale, Breaker und Reserve mit und macht Vorfälle daraus.</translation>
    </message>
    <message>
        <source>No alert is active</source>
        <translation>Kein Alarm ist aktiv</translation>
    </message>
    <message>
        <source>No alert matches “%1”</source>
        <translation>Kein Alarm passt zu „%1“</translation>
    </message>
    <message>
        <source>%1 rules are watched, last evaluated %2 ago.</source>
        <translation>%1 Regeln wachen, zuletzt vor %2 ausgewertet.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>%1   for %2</source>
        <translation>%1   seit %2</translation>
    </message>
    <message>
        <source>It cannot be evaluated: %1</source>
        <translation>Nicht auswertbar: %1</translation>
    </message>
    <message>
        <source>Group %1 · evaluated %2 ago</source>
        <translation>Gruppe %1 · vor %2 ausgewertet</translation>
    </message>
    <message>
        <source>Filter by alert, service or label</source>
        <translation>Nach Alarm, Dienst oder Label filtern</translation>
    </message>
</context>
<context>
    <name>ApprovalDialog</name>
    <message>
        <source>Approve</source>
        <translation>Zustimmen</translation>
    </message>
    <message>
        <source>Approve: %1 · %2</source>
        <translation>Zustimmen: %1 · %2</translation>
    </message>
    <message>
        <source>%1 asks for it: “%2”</source>
        <translation>%1 fragt an: „%2“</translation>
    </message>
    <message>
        <source>Who agrees – not the one who asked</source>
        <translation>Wer zustimmt – nicht, wer gefragt hat</translation>
    </message>
    <message>
        <source>Approver</source>
        <translation>Zustimmende Person</translation>
    </message>
    <message>
        <source>Token of that person</source>
        <translation>Token dieser Person</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Not approved: %1</source>
        <translation>Nicht zugestimmt: %1</translation>
    </message>
</context>
<context>
    <name>ArmButton</name>
    <message>
        <source>Arm…</source>
        <translation>Scharf schalten …</translation>
    </message>
    <message>
        <source>Read only – arm…</source>
        <translation>Nur lesen – scharf schalten …</translation>
    </message>
    <message>
        <source>Armed: %1</source>
        <translation>Scharf: %1</translation>
    </message>
    <message>
        <source>Armed: %1 groups</source>
        <translation>Scharf: %1 Gruppen</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
    <message>
        <source>Arm “%1” for %2</source>
        <translation>„%1“ für %2 scharf schalten</translation>
    </message>
    <message>
        <source>Disarm “%1”</source>
        <translation>„%1“ sichern</translation>
    </message>
    <message>
        <source>No controls are configured</source>
        <translation>Keine Steuerung konfiguriert</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Every step</source>
        <translation>Jeder Schritt</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Append only, chained by hashes: “holdfast db check” proves it.</source>
        <translation>Nur angehängt, durch Hashes verkettet: „holdfast db check“ beweist es.</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Audit, every step</source>
        <translation>Audit, jeder Schritt</translation>
    </message>
    <message>
        <source>Save the audit as %1…</source>
        <translation>Audit als %1 speichern …</translation>
    </message>
    <message>
        <source>Save the audit</source>
        <translation>Audit speichern</translation>
    </message>
    <message>
        <source>The audit was saved to %1.</source>
        <translation>Das Audit wurde unter %1 gespeichert.</translation>
    </message>
</context>
<context>
    <name>BlastSketch</name>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>≤ %1</source>
        <translation>≤ %1</translation>
    </message>
    <message>
        <source>Part of the map: %1</source>
        <translation>Ausschnitt der Karte: %1</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>und mehr</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>lasted %1</source>
        <translation>dauerte %1</translation>
    </message>
    <message>
        <source>still open</source>
        <translation>noch offen</translation>
    </message>
    <message>
        <source>Nothing was done; it went by itself.</source>
        <translation>Es wurde nichts getan; es ging von selbst vorbei.</translation>
    </message>
    <message>
        <source>no clear change: %1</source>
        <translation>keine klare Änderung: %1</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Save picture, PNG or SVG…</source>
        <translation>Bild speichern, PNG oder SVG…</translation>
    </message>
</context>
<context>
    <name>ConfigEditor</name>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check, save and reload</source>
        <translation>Prüfen, speichern und neu laden</translation>
    </message>
    <message>
        <source>Reload the file</source>
        <translation>Datei neu laden</translation>
    </message>
    <message>
        <source>Drop my changes</source>
        <translation>Meine Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Show differences</source>
        <translation>Unterschiede zeigen</translation>
    </message>
    <message>
        <source>Configuration file</source>
        <translation>Konfigurationsdatei</translation>
    </message>
    <message>
        <source>Lets the engine read the file again as it is on the disk</source>
        <translation>Lässt die Engine die Datei neu lesen, wie sie auf der Platte steht</translation>
    </message>
    <message>
        <source>%1 – may not be written by the engine</source>
        <translation>%1 – darf die Engine nicht schreiben</translation>
    </message>
    <message>
        <source>The file was changed on the disk; this is what it says now. Reload lets the engine read it.</source>
        <translation>Die Datei wurde auf der Platte geändert; so lautet sie jetzt. „Datei neu laden“ lässt die Engine sie lesen.</translation>
    </message>
    <message>
        <source>The text is good</source>
        <translation>Der Text ist in Ordnung</translation>
    </message>
    <message>
        <source>The text is good, with remarks:
%1</source>
        <translation>Der Text ist in Ordnung, mit Hinweisen:
%1</translation>
    </message>
    <message>
        <source>On the disk (−) and in the editor (+)</source>
        <translation>Auf der Platte (−) und im Editor (+)</translation>
    </message>
    <message>
        <source>The texts are too long to compare here.</source>
        <translation>Die Texte sind zu lang, um sie hier zu vergleichen.</translation>
    </message>
</context>
<context>
    <name>ConfigFields</name>
    <message>
        <source>Check, save and reload</source>
        <translation>Prüfen, speichern und neu laden</translation>
    </message>
    <message>
        <source>The engine may not write the file</source>
        <translation>Die Engine darf die Datei nicht schreiben</translation>
    </message>
    <message>
        <source>Written in a form that only the editor of the file can change</source>
        <translation>So geschrieben, dass nur der Editor der Datei es ändern kann</translation>
    </message>
</context>
<context>
    <name>ConfigPage</name>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Edit %1 in the file</source>
        <translation>%1 in der Datei bearbeiten</translation>
    </message>
    <message>
        <source>Not in the file: %1</source>
        <translation>Nicht in der Datei: %1</translation>
    </message>
</context>
<context>
    <name>ControlCard</name>
    <message>
        <source>%1 of %2 instances</source>
        <translation>%1 von %2 Instanzen</translation>
    </message>
    <message>
        <source>read back %1 ago</source>
        <translation>zurückgelesen vor %1</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1, vor %2</translation>
    </message>
    <message>
        <source>failing %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>refusing %1</source>
        <translation>lehnt %1 ab</translation>
    </message>
    <message>
        <source>
Time limit kept by this computer</source>
        <translation>
Die Frist überwacht dieser Rechner</translation>
    </message>
    <message>
        <source>
DRIFTED: 1 instance does not have it</source>
        <translation>
ABGEWICHEN: 1 Instanz hat es nicht</translation>
    </message>
    <message>
        <source>
DRIFTED: %1 instances do not have it</source>
        <translation>
ABGEWICHEN: %1 Instanzen haben es nicht</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>+15 min</source>
        <translation>+15 min</translation>
    </message>
    <message>
        <source>Sends in %1 s, for 15 min</source>
        <translation>Wird in %1 s gesendet, für 15 min</translation>
    </message>
    <message>
        <source>Not sent: the engine is not reachable.</source>
        <translation>Nicht gesendet: Die Engine ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>Nicht geschehen: %1</translation>
    </message>
    <message>
        <source>by %1 · ends in %2</source>
        <translation>von %1 · endet in %2</translation>
    </message>
    <message>
        <source>by %1 · calm for %2, ends soon</source>
        <translation>von %1 · ruhig seit %2, endet bald</translation>
    </message>
    <message>
        <source>by %1 · until it recovers, at most %2</source>
        <translation>von %1 · bis zur Erholung, höchstens %2</translation>
    </message>
    <message>
        <source>
“%1”</source>
        <translation>
„%1“</translation>
    </message>
    <message>
        <source>Set, with reason and hold…</source>
        <translation>Setzen, mit Grund und Dauer …</translation>
    </message>
    <message>
        <source>%1, with reason and hold…</source>
        <translation>%1, mit Grund und Dauer …</translation>
    </message>
    <message>
        <source>Nothing to switch</source>
        <translation>Nichts zu schalten</translation>
    </message>
    <message>
        <source>the service confirmed it %1 ago; its metrics still say %2 (next scrape in %3)</source>
        <translation>vom Dienst vor %1 bestätigt; seine Metriken sagen noch %2 (nächste Abfrage in %3)</translation>
    </message>
    <message>
        <source>the service confirmed it %1 ago; its metrics still say %2</source>
        <translation>vom Dienst vor %1 bestätigt; seine Metriken sagen noch %2</translation>
    </message>
    <message>
        <source>no reason given – released in the panel</source>
        <translation>kein Grund angegeben – in der Leiste freigegeben</translation>
    </message>
    <message>
        <source>no reason given – switched in the panel</source>
        <translation>kein Grund angegeben – in der Leiste geschaltet</translation>
    </message>
    <message>
        <source>Users notice: %1</source>
        <translation>Nutzer merken: %1</translation>
    </message>
</context>
<context>
    <name>ControlModel</name>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Eingriff</translation>
    </message>
</context>
<context>
    <name>ControlsView</name>
    <message>
        <source>Controls</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Filter of the controls</source>
        <translation>Filter der Steuerung</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Nothing matches “%1”. Esc clears the filter.</source>
        <translation>Nichts passt zu „%1“. Esc leert den Filter.</translation>
    </message>
    <message>
        <source>Reading the controls of the fleet…</source>
        <translation>Die Steuerung der Flotte wird gelesen …</translation>
    </message>
    <message>
        <source>Nothing was switched from here yet. Every change will stand here with who, why and what came of it.</source>
        <translation>Von hier aus wurde noch nichts geschaltet. Jede Änderung steht künftig hier: wer, warum und was daraus wurde.</translation>
    </message>
    <message>
        <source>No %1 found. Name where they are under “holdfast: controls:” in the configuration file.</source>
        <translation>Keine %1 gefunden. Wo sie zu finden sind, gehört in die Konfigurationsdatei unter „holdfast: controls:“.</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Nothing to switch</source>
        <translation>Nichts zu schalten</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Eingriffe</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Filter   /</source>
        <translation>Filter   /</translation>
    </message>
    <message>
        <source>Words of service, callee, name, group or state</source>
        <translation>Wörter aus Dienst, Ziel, Name, Gruppe oder Zustand</translation>
    </message>
    <message>
        <source>No one-shot actions, servers or silences are listed. Name where they are under “holdfast: controls:” in the configuration file.</source>
        <translation>Keine einmaligen Eingriffe, Server oder Silences aufgeführt. Wo sie zu finden sind, gehört in die Konfigurationsdatei unter „holdfast: controls:“.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 for 15 min</source>
        <translation>%1: %2 für 15 min</translation>
    </message>
    <message>
        <source>Blast radius on the map</source>
        <translation>Reichweite auf der Karte</translation>
    </message>
    <message>
        <source>Enter or double-click on a row: everything that can be done with it, with reason and hold.</source>
        <translation>Eingabe oder Doppelklick auf eine Zeile: alles, was mit ihr getan werden kann, mit Grund und Haltedauer.</translation>
    </message>
    <message>
        <source>%1 hidden by “%2” – clear</source>
        <translation>%1 verborgen durch „%2“ – aufheben</translation>
    </message>
    <message>
        <source>no reason given – switched in the list</source>
        <translation>kein Grund angegeben – in der Liste geschaltet</translation>
    </message>
    <message>
        <source>Open %1 in a new window</source>
        <translation>%1 in neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>Reading the audit…</source>
        <translation>Das Audit wird gelesen …</translation>
    </message>
</context>
<context>
    <name>DisableDialog</name>
    <message>
        <source>Disable a target</source>
        <translation>Ein Ziel aussetzen</translation>
    </message>
    <message>
        <source>It is not scraped until then, its series end as if it had gone, and nothing alerts on it. It is scraped again by itself at the end, or when the engine starts anew.</source>
        <translation>Bis dahin wird es nicht abgefragt, seine Reihen enden, als wäre es fort, und nichts schlägt darauf an. Danach, oder wenn die Engine neu startet, wird es von selbst wieder abgefragt.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Disable for %1</source>
        <translation>Für %1 aussetzen</translation>
    </message>
</context>
<context>
    <name>DiskBar</name>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation>%1 von %2 frei</translation>
    </message>
    <message>
        <source>Store full in ≈ %1 · %2</source>
        <translation>Speicher voll in ≈ %1 · %2</translation>
    </message>
    <message>
        <source>The store&apos;s disk is nearly full · %1</source>
        <translation>Der Datenträger des Speichers ist fast voll · %1</translation>
    </message>
    <message>
        <source>Then nothing more is kept; what is on the disk stays readable. Keep it for a shorter time, or make room.</source>
        <translation>Danach wird nichts mehr behalten; was auf dem Datenträger liegt, bleibt lesbar. Kürzer aufbewahren oder Platz schaffen.</translation>
    </message>
</context>
<context>
    <name>EdgeTab</name>
    <message>
        <source>%1 (F4)</source>
        <translation>%1 (F4)</translation>
    </message>
</context>
<context>
    <name>EffectCard</name>
    <message>
        <source>Keep</source>
        <translation>Beibehalten</translation>
    </message>
    <message>
        <source>Revert now</source>
        <translation>Jetzt zurücknehmen</translation>
    </message>
    <message>
        <source>+15 min</source>
        <translation>+15 min</translation>
    </message>
    <message>
        <source>Add to incident</source>
        <translation>Zum Vorfall hinzufügen</translation>
    </message>
    <message>
        <source>It stays as it is until its end; the card goes.</source>
        <translation>Es bleibt bis zu seinem Ende, wie es ist; die Karte verschwindet.</translation>
    </message>
    <message>
        <source>Add to INC-%1</source>
        <translation>Zu INC-%1 hinzufügen</translation>
    </message>
    <message>
        <source>Before: the ten minutes before. Now: the last minute, half a minute after the action at the earliest.</source>
        <translation>Vorher: die zehn Minuten davor. Jetzt: die letzte Minute, frühestens eine halbe Minute nach dem Eingriff.</translation>
    </message>
    <message>
        <source>Added to INC-%1</source>
        <translation>Zu INC-%1 hinzugefügt</translation>
    </message>
    <message>
        <source>Not added – try again</source>
        <translation>Nicht hinzugefügt – erneut versuchen</translation>
    </message>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Effect of %1</source>
        <translation>Wirkung von %1</translation>
    </message>
    <message>
        <source>no reason given – reverted at its effect</source>
        <translation>kein Grund angegeben – bei seiner Wirkung zurückgenommen</translation>
    </message>
    <message>
        <source>Ended by itself at %1; while it held:</source>
        <translation>Von selbst beendet um %1; solange er galt:</translation>
    </message>
    <message>
        <source>Not in force since %1; while it held:</source>
        <translation>Nicht mehr in Kraft seit %1; solange er galt:</translation>
    </message>
    <message>
        <source>Reverted at %1 by %2; while it held:</source>
        <translation>Zurückgenommen um %1 von %2; solange er galt:</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No signal of this service is measured</source>
        <translation>Kein Signal dieses Dienstes wird gemessen</translation>
    </message>
    <message>
        <source>Reading the signals…</source>
        <translation>Signale werden gelesen …</translation>
    </message>
    <message>
        <source>held</source>
        <translation>währenddessen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>EngineLink</name>
    <message>
        <source>the engine did not start in 15 s</source>
        <translation>die Engine ist nach 15 s nicht gestartet</translation>
    </message>
    <message>
        <source>cannot run %1</source>
        <translation>%1 lässt sich nicht ausführen</translation>
    </message>
    <message>
        <source>attached to %1 – reading only</source>
        <translation>angehängt an %1 – nur lesend</translation>
    </message>
</context>
<context>
    <name>EnvironmentMenu</name>
    <message>
        <source>The engine has not answered yet</source>
        <translation>Die Engine hat noch nicht geantwortet</translation>
    </message>
    <message>
        <source>%1 – read only</source>
        <translation>%1 – nur lesen</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Look at another engine or a Prometheus…</source>
        <translation>Andere Engine oder einen Prometheus ansehen …</translation>
    </message>
    <message>
        <source>Look at another engine or a Prometheus</source>
        <translation>Andere Engine oder einen Prometheus ansehen</translation>
    </message>
    <message>
        <source>Address of a Holdfast engine on another machine, or of a Prometheus, Thanos, Mimir or VictoriaMetrics. Reading only: nothing can be switched or acknowledged there.</source>
        <translation>Adresse einer Holdfast-Engine auf einem anderen Rechner oder eines Prometheus, Thanos, Mimir oder VictoriaMetrics. Nur lesend: Dort kann nichts geschaltet oder quittiert werden.</translation>
    </message>
</context>
<context>
    <name>EventCard</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source> · by %1</source>
        <translation> · von %1</translation>
    </message>
    <message>
        <source>%1, %2 ago · %3%4</source>
        <translation>%1, vor %2 · %3%4</translation>
    </message>
    <message>
        <source>Before / after</source>
        <translation>Vorher / nachher</translation>
    </message>
    <message>
        <source>Open INC-%1</source>
        <translation>INC-%1 öffnen</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
</context>
<context>
    <name>EventRow</name>
    <message>
        <source>alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>alert over</source>
        <translation>Alarm vorbei</translation>
    </message>
    <message>
        <source>hold ended</source>
        <translation>Eingriff beendet</translation>
    </message>
    <message>
        <source>Events and time axis</source>
        <translation>Ereignisse und Zeitachse</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 Ereignis</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>d deploy · b breaker · f flag · r restart · n note · triangle: alert · M: by a person · +3: three more close by</source>
        <translation>d Deployment · b Breaker · f Flag · r Neustart · n Notiz · Dreieck: Alarm · M: von Hand · +3: drei weitere dicht daneben</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>marked %1</source>
        <translation>markiert %1</translation>
    </message>
    <message>
        <source>A–B %1</source>
        <translation>A–B %1</translation>
    </message>
    <message>
        <source>Δ to A %1</source>
        <translation>Δ zu A %1</translation>
    </message>
    <message>
        <source>A %1</source>
        <translation>A %1</translation>
    </message>
</context>
<context>
    <name>ExamplePage</name>
    <message>
        <source>No metrics yet: nothing was scraped. Add a target, and its metrics appear here.</source>
        <translation>Noch keine Metriken: Nichts wurde abgefragt. Fügen Sie ein Ziel hinzu, dann erscheinen seine Metriken hier.</translation>
    </message>
    <message>
        <source>%1 metrics are here. Questions to begin with:</source>
        <translation>%1 Metriken sind da. Fragen für den Anfang:</translation>
    </message>
    <message>
        <source>Add a target…</source>
        <translation>Ziel hinzufügen …</translation>
    </message>
</context>
<context>
    <name>ExperimentChart</name>
    <message>
        <source>Chart of the experiment</source>
        <translation>Diagramm des Experiments</translation>
    </message>
</context>
<context>
    <name>ExperimentChild</name>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>%1 lässt sich nicht starten: %2</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>Abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>It did not come to an end: %1</source>
        <translation>Nicht zu Ende gekommen: %1</translation>
    </message>
    <message>
        <source>run %1 of %2: %3</source>
        <translation>Lauf %1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>Explore</name>
    <message>
        <source>per-second increase of a counter, averaged over the range</source>
        <translation>Zuwachs eines Zählers je Sekunde, gemittelt über den Bereich</translation>
    </message>
    <message>
        <source>per-second increase from the last two samples: jumpy, for zooming in</source>
        <translation>Zuwachs je Sekunde aus den letzten zwei Werten: sprunghaft, zum Hineinzoomen</translation>
    </message>
    <message>
        <source>how much a counter grew over the range</source>
        <translation>um wie viel ein Zähler im Bereich gewachsen ist</translation>
    </message>
    <message>
        <source>difference between the ends of the range, for gauges</source>
        <translation>Differenz zwischen den Enden des Bereichs, für Gauges</translation>
    </message>
    <message>
        <source>slope per second of a gauge, by linear regression</source>
        <translation>Steigung eines Gauges je Sekunde, durch lineare Regression</translation>
    </message>
    <message>
        <source>value so many seconds from now if the trend goes on</source>
        <translation>Wert in so vielen Sekunden, falls der Trend anhält</translation>
    </message>
    <message>
        <source>quantile from buckets: sum them by (le) first</source>
        <translation>Quantil aus Buckets: zuerst mit sum by (le) zusammenfassen</translation>
    </message>
    <message>
        <source>mean of the samples in the range</source>
        <translation>Mittelwert im Bereich</translation>
    </message>
    <message>
        <source>largest sample in the range</source>
        <translation>größter Wert im Bereich</translation>
    </message>
    <message>
        <source>smallest sample in the range</source>
        <translation>kleinster Wert im Bereich</translation>
    </message>
    <message>
        <source>sum of the samples in the range</source>
        <translation>Summe der Werte im Bereich</translation>
    </message>
    <message>
        <source>number of samples in the range</source>
        <translation>Anzahl der Werte im Bereich</translation>
    </message>
    <message>
        <source>newest sample in the range</source>
        <translation>neuester Wert im Bereich</translation>
    </message>
    <message>
        <source>quantile of the samples in the range</source>
        <translation>Quantil der Werte im Bereich</translation>
    </message>
    <message>
        <source>1 if nothing matches, otherwise nothing</source>
        <translation>1, wenn nichts passt, sonst nichts</translation>
    </message>
    <message>
        <source>1 if nothing matched anywhere in the range</source>
        <translation>1, wenn im ganzen Bereich nichts passte</translation>
    </message>
    <message>
        <source>how often the value changed in the range</source>
        <translation>wie oft sich der Wert im Bereich geändert hat</translation>
    </message>
    <message>
        <source>how often a counter fell in the range</source>
        <translation>wie oft ein Zähler im Bereich gefallen ist</translation>
    </message>
    <message>
        <source>sets a label from another one by a regular expression</source>
        <translation>setzt ein Label aus einem anderen per regulärem Ausdruck</translation>
    </message>
    <message>
        <source>sets a label from several others</source>
        <translation>setzt ein Label aus mehreren anderen</translation>
    </message>
    <message>
        <source>raises what is below a bound to it</source>
        <translation>hebt an, was unter einer Grenze liegt</translation>
    </message>
    <message>
        <source>lowers what is above a bound to it</source>
        <translation>senkt, was über einer Grenze liegt</translation>
    </message>
    <message>
        <source>rounds to a multiple</source>
        <translation>rundet auf ein Vielfaches</translation>
    </message>
    <message>
        <source>seconds since 1970 at the evaluation</source>
        <translation>Sekunden seit 1970 zum Zeitpunkt der Auswertung</translation>
    </message>
    <message>
        <source>when each sample was taken, seconds since 1970</source>
        <translation>wann jeder Wert erfasst wurde, Sekunden seit 1970</translation>
    </message>
    <message>
        <source>a scalar as a vector without labels</source>
        <translation>ein Skalar als Vektor ohne Labels</translation>
    </message>
    <message>
        <source>the one element of a vector as a number</source>
        <translation>das einzige Element eines Vektors als Zahl</translation>
    </message>
    <message>
        <source>largest first, in instant queries</source>
        <translation>größte zuerst, bei Momentabfragen</translation>
    </message>
    <message>
        <source>adds up: sum by (label) (…)</source>
        <translation>summiert: sum by (label) (…)</translation>
    </message>
    <message>
        <source>mean; never of quantiles or ratios</source>
        <translation>Mittelwert; nie von Quantilen oder Quoten</translation>
    </message>
    <message>
        <source>largest of each group</source>
        <translation>größter Wert jeder Gruppe</translation>
    </message>
    <message>
        <source>smallest of each group</source>
        <translation>kleinster Wert jeder Gruppe</translation>
    </message>
    <message>
        <source>number of series in each group</source>
        <translation>Anzahl der Reihen jeder Gruppe</translation>
    </message>
    <message>
        <source>the k largest: topk(5, …)</source>
        <translation>die k größten: topk(5, …)</translation>
    </message>
    <message>
        <source>the k smallest</source>
        <translation>die k kleinsten</translation>
    </message>
    <message>
        <source>quantile over the series of a group</source>
        <translation>Quantil über die Reihen einer Gruppe</translation>
    </message>
    <message>
        <source>1 for each group that exists</source>
        <translation>1 für jede Gruppe, die es gibt</translation>
    </message>
    <message>
        <source>standard deviation over the series of a group</source>
        <translation>Standardabweichung über die Reihen einer Gruppe</translation>
    </message>
    <message>
        <source>number of series by value</source>
        <translation>Anzahl der Reihen je Wert</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>Anfragen je Sekunde</translation>
    </message>
    <message>
        <source>Latency, p99</source>
        <translation>Latenz, p99</translation>
    </message>
    <message>
        <source>Share of failed requests</source>
        <translation>Anteil fehlgeschlagener Anfragen</translation>
    </message>
    <message>
        <source>Targets that answer</source>
        <translation>Ziele, die antworten</translation>
    </message>
    <message>
        <source>Use of pools</source>
        <translation>Auslastung der Pools</translation>
    </message>
    <message>
        <source>CPU in use</source>
        <translation>Belegte CPU</translation>
    </message>
    <message>
        <source>Memory, largest five</source>
        <translation>Speicher, die größten fünf</translation>
    </message>
    <message>
        <source>dashed</source>
        <translation>gestrichelt</translation>
    </message>
    <message>
        <source>dotted</source>
        <translation>gepunktet</translation>
    </message>
    <message>
        <source>dash-dot</source>
        <translation>Strich-Punkt</translation>
    </message>
    <message>
        <source>solid</source>
        <translation>durchgezogen</translation>
    </message>
    <message>
        <source>%1 needs a range such as [1m] behind the metric.</source>
        <translation>%1 braucht hinter der Metrik einen Bereich wie [1m].</translation>
    </message>
    <message>
        <source>%1 takes a metric without a range: leave out the [ ], or put rate( ) around it.</source>
        <translation>%1 nimmt eine Metrik ohne Bereich: die [ ] weglassen oder rate( ) darum setzen.</translation>
    </message>
    <message>
        <source>An aggregation takes a metric without a range: put rate( ) around the range first.</source>
        <translation>Eine Aggregation nimmt eine Metrik ohne Bereich: zuerst rate( ) um den Bereich setzen.</translation>
    </message>
    <message>
        <source>%1 needs a number there.</source>
        <translation>%1 braucht dort eine Zahl.</translation>
    </message>
    <message>
        <source>%2 takes %1 argument(s); here it has %3.</source>
        <translation>%2 nimmt %1 Argument(e); hier sind es %3.</translation>
    </message>
    <message>
        <source>%2 takes at least %1 argument(s); here it has %3.</source>
        <translation>%2 nimmt mindestens %1 Argument(e); hier sind es %3.</translation>
    </message>
    <message>
        <source>%2 takes at most %1 argument(s); here it has %3.</source>
        <translation>%2 nimmt höchstens %1 Argument(e); hier sind es %3.</translation>
    </message>
    <message>
        <source>There is no function %1. Ctrl+Space shows those there are.</source>
        <translation>Eine Funktion %1 gibt es nicht. Strg+Leertaste zeigt die vorhandenen.</translation>
    </message>
    <message>
        <source>A %1 is opened and never closed.</source>
        <translation>Eine Klammer (%1) wird geöffnet und nie geschlossen.</translation>
    </message>
    <message>
        <source>A %1 is closed that was never opened.</source>
        <translation>Eine Klammer (%1) wird geschlossen, die nie geöffnet wurde.</translation>
    </message>
    <message>
        <source>The quoted text has no end: a quote is missing.</source>
        <translation>Der Text in Anführungszeichen hat kein Ende: ein Anführungszeichen fehlt.</translation>
    </message>
    <message>
        <source>This would select every series there is: name a metric or give one label a value.</source>
        <translation>Das würde jede Reihe auswählen, die es gibt: eine Metrik nennen oder einem Label einen Wert geben.</translation>
    </message>
    <message>
        <source>A range cannot be computed with: put rate( ) or another function around it.</source>
        <translation>Mit einem Bereich lässt sich nicht rechnen: rate( ) oder eine andere Funktion darum setzen.</translation>
    </message>
    <message>
        <source>A range [ ] stands directly behind a metric. Over an expression it needs a step: [5m:30s].</source>
        <translation>Ein Bereich [ ] steht unmittelbar hinter einer Metrik. Über einen Ausdruck braucht er eine Schrittweite: [5m:30s].</translation>
    </message>
    <message>
        <source>Something is still to come here.</source>
        <translation>Hier fehlt noch etwas.</translation>
    </message>
    <message>
        <source>“%1” is no number and no duration such as 30s, 5m, 1h30m.</source>
        <translation>„%1“ ist weder eine Zahl noch eine Dauer wie 30s, 5m, 1h30m.</translation>
    </message>
    <message>
        <source>Two numbers are compared with “bool” behind the operator: 1 &lt; bool 2.</source>
        <translation>Zwei Zahlen werden mit „bool“ hinter dem Operator verglichen: 1 &lt; bool 2.</translation>
    </message>
    <message>
        <source>Nothing is typed yet.</source>
        <translation>Noch ist nichts eingegeben.</translation>
    </message>
</context>
<context>
    <name>ExploreView</name>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Save query A…</source>
        <translation>Abfrage A speichern …</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>History   Alt+↑ ↓</source>
        <translation>Verlauf   Alt+↑ ↓</translation>
    </message>
    <message>
        <source>Save query</source>
        <translation>Abfrage speichern</translation>
    </message>
    <message>
        <source>Name of the query</source>
        <translation>Name der Abfrage</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved as “%1”</source>
        <translation>Gespeichert als „%1“</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>PromQL</source>
        <translation>PromQL</translation>
    </message>
    <message>
        <source>Prometheus link</source>
        <translation>Prometheus-Link</translation>
    </message>
    <message>
        <source>Grafana explore link</source>
        <translation>Grafana-Explore-Link</translation>
    </message>
    <message>
        <source>Grafana link</source>
        <translation>Grafana-Link</translation>
    </message>
    <message>
        <source>API link, for curl and scripts</source>
        <translation>API-Link, für curl und Skripte</translation>
    </message>
    <message>
        <source>API link</source>
        <translation>API-Link</translation>
    </message>
    <message>
        <source>Values over time, TSV</source>
        <translation>Werte im Zeitverlauf, TSV</translation>
    </message>
    <message>
        <source>values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Table, TSV</source>
        <translation>Tabelle, TSV</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Table, CSV</source>
        <translation>Tabelle, CSV</translation>
    </message>
    <message>
        <source>Picture, PNG or SVG…</source>
        <translation>Bild, PNG oder SVG …</translation>
    </message>
    <message>
        <source>Table, CSV or TSV…</source>
        <translation>Tabelle, CSV oder TSV …</translation>
    </message>
    <message>
        <source>+ Query</source>
        <translation>+ Abfrage</translation>
    </message>
    <message>
        <source>Up to four queries share the chart</source>
        <translation>Bis zu vier Abfragen teilen sich das Diagramm</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Over the window&apos;s time range</source>
        <translation>Über den Zeitraum des Fensters</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>At the end of the window&apos;s time range, as a table</source>
        <translation>Am Ende des Zeitraums, als Tabelle</translation>
    </message>
    <message>
        <source>Step between points</source>
        <translation>Abstand der Punkte</translation>
    </message>
    <message>
        <source>step auto</source>
        <translation>Schritt automatisch</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Rohwerte</translation>
    </message>
    <message>
        <source>local store</source>
        <translation>lokaler Speicher</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Frage läuft …</translation>
    </message>
    <message>
        <source>Pin as a lane of %1…</source>
        <translation>Als Spur von %1 anheften …</translation>
    </message>
    <message>
        <source>Pin as a lane of</source>
        <translation>Als Spur anheften bei</translation>
    </message>
    <message>
        <source>Make a rule…</source>
        <translation>Regel daraus machen …</translation>
    </message>
    <message>
        <source>Pin to %1</source>
        <translation>An %1 anheften</translation>
    </message>
    <message>
        <source>Name of the lane on the page of %1; a right click there takes it off again</source>
        <translation>Name der Spur auf der Seite von %1; ein Rechtsklick dort nimmt sie wieder ab</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pinned to %1 as “%2”</source>
        <translation>An %1 angeheftet als „%2“</translation>
    </message>
    <message>
        <source>%1 has %2 pinned lanes already: take one off first</source>
        <translation>%1 hat schon %2 angeheftete Spuren: Nehmen Sie erst eine ab</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Pin query A to a service&apos;s page, or make a rule of it</source>
        <translation>Abfrage A an die Seite eines Dienstes anheften oder eine Regel daraus machen</translation>
    </message>
</context>
<context>
    <name>FiguresTable</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 (disturbed)</source>
        <translation>%1 (gestört)</translation>
    </message>
    <message>
        <source>Goodput before the fault</source>
        <translation>Nutzdurchsatz vor dem Fehler</translation>
    </message>
    <message>
        <source>while it lasts</source>
        <translation>währenddessen</translation>
    </message>
    <message>
        <source>after it</source>
        <translation>danach</translation>
    </message>
    <message>
        <source>Recovered after its end</source>
        <translation>Erholt nach dessen Ende</translation>
    </message>
    <message>
        <source>Errors from the fault on</source>
        <translation>Fehler ab Beginn</translation>
    </message>
    <message>
        <source>p99 from the fault on</source>
        <translation>p99 ab Beginn</translation>
    </message>
    <message>
        <source>Longest queue</source>
        <translation>Längste Warteschlange</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>Schutzschalter</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Schalter</translation>
    </message>
</context>
<context>
    <name>FirstRunView</name>
    <message>
        <source>Welcome to Holdfast</source>
        <translation>Willkommen bei Holdfast</translation>
    </message>
    <message>
        <source>The engine runs and reads nothing yet. Give it one address, and its service is on the screen ten seconds later; everything stays on this computer.</source>
        <translation>Die Engine läuft und liest noch nichts. Eine Adresse genügt, und zehn Sekunden später ist ihr Dienst auf dem Bildschirm; alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>Oder</translation>
    </message>
    <message>
        <source>Import prometheus.yml…</source>
        <translation>prometheus.yml übernehmen …</translation>
    </message>
    <message>
        <source>Jobs, file discovery, relabeling and rules as they are; comments stay.</source>
        <translation>Jobs, Dateien mit Zielen, Relabeling und Regeln, wie sie sind; Kommentare bleiben.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>A small shop of real services on this computer, with breakers to pull. Opens a window of its own.</source>
        <translation>Ein kleiner Laden aus echten Diensten auf diesem Rechner, mit Schutzschaltern zum Betätigen. Öffnet ein eigenes Fenster.</translation>
    </message>
    <message>
        <source>Import prometheus.yml</source>
        <translation>prometheus.yml übernehmen</translation>
    </message>
    <message>
        <source>YAML (*.yml *.yaml);;All files (*)</source>
        <translation>YAML (*.yml *.yaml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>%1 jobs taken over into %2.</source>
        <translation>%1 Jobs in %2 übernommen.</translation>
    </message>
    <message>
        <source>The demo is starting; its window comes in a few seconds.</source>
        <translation>Die Demo startet; ihr Fenster kommt in einigen Sekunden.</translation>
    </message>
    <message>
        <source>The demo could not be started here. In a terminal: holdfast --demo</source>
        <translation>Die Demo ließ sich hier nicht starten. Im Terminal: holdfast --demo</translation>
    </message>
</context>
<context>
    <name>FleetModel</name>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>no traffic</source>
        <translation>kein Verkehr</translation>
    </message>
    <message>
        <source>from %1 requests only – shaky</source>
        <translation>aus nur %1 Anfragen – unsicher</translation>
    </message>
    <message>
        <source>slower than the largest bucket</source>
        <translation>langsamer als der größte Bucket</translation>
    </message>
    <message>
        <source>last value, %1 old</source>
        <translation>letzter Wert, %1 alt</translation>
    </message>
    <message>
        <source>this service has no such metric</source>
        <translation>dieser Dienst hat keine solche Metrik</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>zwischen %1 und %2</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>%1 budget</source>
        <translation>%1 Budget</translation>
    </message>
    <message>
        <source>%1 full: %2</source>
        <translation>%1 voll: %2</translation>
    </message>
    <message>
        <source>%1/%2 open</source>
        <translation>%1/%2 offen</translation>
    </message>
    <message>
        <source>%1/%2 half-open</source>
        <translation>%1/%2 halb offen</translation>
    </message>
    <message>
        <source>%1 forced</source>
        <translation>%1 erzwungen</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>%1 unbekannt</translation>
    </message>
    <message>
        <source>1 flag on</source>
        <translation>1 Flag an</translation>
    </message>
    <message>
        <source>%1 flags on</source>
        <translation>%1 Flags an</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>p99%1</source>
        <translation>p99%1</translation>
    </message>
    <message>
        <source>Errors%1</source>
        <translation>Fehler%1</translation>
    </message>
    <message>
        <source>Requests%1</source>
        <translation>Anfragen%1</translation>
    </message>
    <message>
        <source>Headroom%1</source>
        <translation>Reserve%1</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>The number is of the last moments (n: the requests it is made of); the line shows what is named above it.</source>
        <translation>Die Zahl gilt für die letzten Augenblicke (n: die Anfragen, aus denen sie stammt); die Linie zeigt, was darüber steht.</translation>
    </message>
</context>
<context>
    <name>FleetView</name>
    <message>
        <source>Only abnormal</source>
        <translation>Nur Auffälliges</translation>
    </message>
    <message>
        <source>Sort by severity</source>
        <translation>Nach Schwere sortieren</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Filter: name, tier=1, severity=…</source>
        <translation>Filter: Name, tier=1, severity=…</translation>
    </message>
    <message>
        <source>Filter of the fleet</source>
        <translation>Filter der Flotte</translation>
    </message>
    <message>
        <source>1 service</source>
        <translation>1 Dienst</translation>
    </message>
    <message>
        <source>%1 services</source>
        <translation>%1 Dienste</translation>
    </message>
    <message>
        <source>critical %1   warning %2   override %3   stale or unknown %4   normal %5</source>
        <translation>kritisch %1   Warnung %2   Eingriff %3   veraltet oder unbekannt %4   normal %5</translation>
    </message>
    <message>
        <source>   reading the first values %1</source>
        <translation>   erste Werte werden gelesen %1</translation>
    </message>
    <message>
        <source>1 row would move up – sort now</source>
        <translation>1 Zeile stünde höher – jetzt sortieren</translation>
    </message>
    <message>
        <source>%1 rows would move up – sort now</source>
        <translation>%1 Zeilen stünden höher – jetzt sortieren</translation>
    </message>
    <message>
        <source>The window shows what an engine collects, and none can be reached: %1</source>
        <translation>Das Fenster zeigt, was eine Engine sammelt, und keine ist erreichbar: %1</translation>
    </message>
    <message>
        <source>The first numbers come with the first answer of the engine.</source>
        <translation>Die ersten Zahlen kommen mit der ersten Antwort der Engine.</translation>
    </message>
    <message>
        <source>Services appear when two scrapes of their targets have succeeded: rates need two samples. Look at the targets if this stays.</source>
        <translation>Dienste erscheinen, sobald zwei Abfragen ihrer Ziele gelungen sind: Raten brauchen zwei Werte. Bleibt es so, hilft ein Blick auf die Ziele.</translation>
    </message>
    <message>
        <source>Show targets</source>
        <translation>Ziele anzeigen</translation>
    </message>
    <message>
        <source>It looks at name and version, and understands tier=1, version=…, severity=… and profile=….</source>
        <translation>Er sieht auf Name und Version und versteht tier=1, version=…, severity=… und profile=….</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>All %1 services are within their limits.</source>
        <translation>Alle %1 Dienste liegen innerhalb ihrer Grenzen.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>values at %1</source>
        <translation>Werte von %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show on map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>1 abnormal below</source>
        <translation>1 auffälliger darunter</translation>
    </message>
    <message>
        <source>%1 abnormal below</source>
        <translation>%1 auffällige darunter</translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation>In neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>%1 is not known: %2</source>
        <translation>%1 ist nicht bekannt: %2</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>wird gelesen …</translation>
    </message>
</context>
<context>
    <name>Foresight</name>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Asking the engine…</source>
        <translation>Die Engine wird gefragt …</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Was geschehen wird</translation>
    </message>
    <message>
        <source>1 instance · now %1</source>
        <translation>1 Instanz · jetzt %1</translation>
    </message>
    <message>
        <source>%1 instances · now %2</source>
        <translation>%1 Instanzen · jetzt %2</translation>
    </message>
    <message>
        <source>•  Warning: %1</source>
        <translation>•  Warnung: %1</translation>
    </message>
    <message>
        <source>foreseen %1 ago</source>
        <translation>vorausgesehen vor %1</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Schreibtisch</translation>
    </message>
    <message>
        <source>Size of texts</source>
        <translation>Größe der Texte</translation>
    </message>
    <message>
        <source>Size of texts in percent</source>
        <translation>Größe der Texte in Prozent</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Of this computer</source>
        <translation>Dieses Rechners</translation>
    </message>
    <message>
        <source>UTC lets people in two zones talk about one incident.</source>
        <translation>Mit UTC reden Menschen in zwei Zeitzonen über denselben Vorfall.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Single letters, digits and signs are commands</source>
        <translation>Einzelne Buchstaben, Ziffern und Zeichen sind Befehle</translation>
    </message>
    <message>
        <source>No single key changes production. Off, only keys with Ctrl or Alt, function keys, arrows and Esc do something.</source>
        <translation>Keine einzelne Taste ändert etwas in der Produktion. Ausgeschaltet wirken nur Tasten mit Strg oder Alt, Funktionstasten, Pfeile und Esc.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Nothing blinks or fades</source>
        <translation>Nichts blinkt oder blendet über</translation>
    </message>
    <message>
        <source>Charts never move by animation, whatever is chosen here.</source>
        <translation>Diagramme bewegen sich nie durch Animation, was immer hier gewählt ist.</translation>
    </message>
    <message>
        <source>My shift</source>
        <translation>Meine Schicht</translation>
    </message>
    <message>
        <source>When a shift begins</source>
        <translation>Wann eine Schicht beginnt</translation>
    </message>
    <message>
        <source>8 h</source>
        <translation>8 h</translation>
    </message>
    <message>
        <source>12 h</source>
        <translation>12 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>For “this shift” among the time ranges.</source>
        <translation>Für „diese Schicht“ bei den Zeitspannen.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Start the window again</source>
        <translation>Fenster neu starten</translation>
    </message>
    <message>
        <source>Holds when the window starts next; the engine goes on meanwhile.</source>
        <translation>Gilt ab dem nächsten Start des Fensters; die Engine läuft unterdessen weiter.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>What is copied or exported always has a point.</source>
        <translation>Was kopiert oder exportiert wird, hat immer einen Punkt.</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>One for each new incident, again every minute until it is acknowledged</source>
        <translation>Einer je neuem Vorfall, jede Minute wieder, bis er bestätigt ist</translation>
    </message>
</context>
<context>
    <name>GoToPalette</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>view %1</source>
        <translation>Ansicht %1</translation>
    </message>
    <message>
        <source>incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Aussehen</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Aussehen</translation>
    </message>
    <message>
        <source>look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Nothing fits “%1”</source>
        <translation>Nichts passt zu „%1“</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>control</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Copy link to this view and time</source>
        <translation>Link auf diese Ansicht und Zeit kopieren</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Open the link: %1 %2</source>
        <translation>Link öffnen: %1 %2</translation>
    </message>
    <message>
        <source>Service, control, incident, view, a time such as 45m, yesterday 9 to 10 or since deploy, or a link</source>
        <translation>Dienst, Steuerung, Vorfall, Ansicht, eine Zeit wie 45m, gestern 9 bis 10 oder seit Deploy, oder ein Link</translation>
    </message>
</context>
<context>
    <name>GraphPage</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Click chooses a series, Shift+click or Enter shows it alone</source>
        <translation>Klick wählt eine Reihe, Umschalt+Klick oder Enter zeigt sie allein</translation>
    </message>
    <message>
        <source>%1   %2 series</source>
        <translation>%1   %2 Reihen</translation>
    </message>
    <message>
        <source>Nothing matches in this range. Check the label values, or widen the range.</source>
        <translation>In diesem Zeitraum passt nichts. Prüfen Sie die Labelwerte oder weiten Sie den Zeitraum.</translation>
    </message>
</context>
<context>
    <name>HandReportDialog</name>
    <message>
        <source>Open incident</source>
        <translation>Vorfall eröffnen</translation>
    </message>
    <message>
        <source>Open an incident by hand</source>
        <translation>Einen Vorfall von Hand eröffnen</translation>
    </message>
    <message>
        <source>For what people see and no rule does yet. Alerts of the service join it, and those of its neighbours that come soon; it stays open until a person resolves it.</source>
        <translation>Für das, was Menschen sehen und noch keine Regel. Alarme des Dienstes kommen dazu, und die seiner Nachbarn, die bald folgen; er bleibt offen, bis ein Mensch ihn löst.</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>One sentence: carts are empty after login</source>
        <translation>Ein Satz: Warenkörbe sind nach der Anmeldung leer</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was stimmt nicht</translation>
    </message>
    <message>
        <source>SEV1 – users cannot do what they came for</source>
        <translation>SEV1 – Nutzer können nicht tun, wofür sie kamen</translation>
    </message>
    <message>
        <source>SEV2 – users are hindered; wakes somebody</source>
        <translation>SEV2 – Nutzer sind behindert; weckt jemanden</translation>
    </message>
    <message>
        <source>SEV3 – can wait for the day</source>
        <translation>SEV3 – kann bis zum Tag warten</translation>
    </message>
    <message>
        <source>How bad</source>
        <translation>Wie schlimm</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>1 h ago</source>
        <translation>vor 1 h</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>Seen since</source>
        <translation>Gesehen seit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>It needs a service and one sentence.</source>
        <translation>Es braucht einen Dienst und einen Satz.</translation>
    </message>
</context>
<context>
    <name>HealthReport</name>
    <message>
        <source>since %1 (%2)</source>
        <translation>seit %1 (%2)</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>noch keine Antwort</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>none – built-in values</source>
        <translation>keine – eingebaute Werte</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Last reload refused</source>
        <translation>Letztes Neuladen abgelehnt</translation>
    </message>
    <message>
        <source>%1 – the configuration before stays in force</source>
        <translation>%1 – die Konfiguration davor bleibt in Kraft</translation>
    </message>
    <message>
        <source>Collecting</source>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 von %2 da</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>you may be offline: more than half became unreachable at once</source>
        <translation>womöglich offline: mehr als die Hälfte wurde zugleich unerreichbar</translation>
    </message>
    <message>
        <source>Last scrape</source>
        <translation>Letzte Abfrage</translation>
    </message>
    <message>
        <source>%1 ago, the shortest interval is %2</source>
        <translation>vor %1, der kürzeste Abstand ist %2</translation>
    </message>
    <message>
        <source>Discovery</source>
        <translation>Entdeckung</translation>
    </message>
    <message>
        <source>Late since the start</source>
        <translation>Verspätet seit dem Start</translation>
    </message>
    <message>
        <source>%1 begun late, %2 left out because the one before still ran</source>
        <translation>%1 spät begonnen, %2 ausgelassen, weil die davor noch lief</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>none are loaded: nothing opens an incident</source>
        <translation>keine geladen: nichts eröffnet einen Vorfall</translation>
    </message>
    <message>
        <source>Evaluated</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>%1 zu spät</translation>
    </message>
    <message>
        <source>%1 rules, %2 ago</source>
        <translation>%1 Regeln, vor %2</translation>
    </message>
    <message>
        <source>Slowest group</source>
        <translation>Langsamste Gruppe</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Fehlerhaft</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>growth is known after some minutes</source>
        <translation>das Wachstum ist nach einigen Minuten bekannt</translation>
    </message>
    <message>
        <source>does not grow now</source>
        <translation>wächst gerade nicht</translation>
    </message>
    <message>
        <source>grows %1 an hour</source>
        <translation>wächst %1 je Stunde</translation>
    </message>
    <message>
        <source> · %1 free on its disk</source>
        <translation> · %1 frei auf der Platte</translation>
    </message>
    <message>
        <source> · full in ≈ %1</source>
        <translation> · voll in ≈ %1</translation>
    </message>
    <message>
        <source> · not full within a day</source>
        <translation> · nicht voll innerhalb eines Tages</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1, %2 series</source>
        <translation>%1, %2 Reihen</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Hält</translation>
    </message>
    <message>
        <source>%1 to %2 (%3)</source>
        <translation>%1 bis %2 (%3)</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>nothing is removed by age</source>
        <translation>nichts wird wegen des Alters entfernt</translation>
    </message>
    <message>
        <source>older than %1 is removed</source>
        <translation>was älter ist als %1, wird entfernt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>%1 of %2 samples wait</source>
        <translation>%1 von %2 Werten warten</translation>
    </message>
    <message>
        <source>Refused batches</source>
        <translation>Abgelehnte Stapel</translation>
    </message>
    <message>
        <source>%1: gaps in the curves</source>
        <translation>%1: Lücken in den Kurven</translation>
    </message>
    <message>
        <source>Cannot write</source>
        <translation>Kann nicht schreiben</translation>
    </message>
    <message>
        <source>Damaged chunks</source>
        <translation>Beschädigte Blöcke</translation>
    </message>
    <message>
        <source>%1 are left out by their checksum</source>
        <translation>%1 wegen ihrer Prüfsumme ausgelassen</translation>
    </message>
    <message>
        <source>Lost commits</source>
        <translation>Verlorene Commits</translation>
    </message>
    <message>
        <source>%1 are missing after the last end</source>
        <translation>%1 fehlen nach dem letzten Ende</translation>
    </message>
    <message>
        <source>Overload</source>
        <translation>Überlast</translation>
    </message>
    <message>
        <source>Left out now</source>
        <translation>Jetzt ausgelassen</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Weil</translation>
    </message>
    <message>
        <source>windows draw once a second instead of four times</source>
        <translation>Fenster zeichnen einmal statt viermal je Sekunde</translation>
    </message>
    <message>
        <source>windows ask for half as many points</source>
        <translation>Fenster fragen nach halb so vielen Punkten</translation>
    </message>
    <message>
        <source>services of tier 3 are scraped every second time</source>
        <translation>Dienste der Stufe 3 werden jedes zweite Mal abgefragt</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Pressure: %1</source>
        <translation>Druck: %1</translation>
    </message>
    <message>
        <source>Never left out</source>
        <translation>Nie ausgelassen</translation>
    </message>
    <message>
        <source>actions, their audit, reverts</source>
        <translation>Eingriffe, ihr Protokoll, Rücknahmen</translation>
    </message>
    <message>
        <source>Own breakers and queues</source>
        <translation>Eigene Breaker und Warteschlangen</translation>
    </message>
    <message>
        <source>OPEN: not asked until it may have recovered</source>
        <translation>OFFEN: nicht gefragt, bis er sich erholt haben kann</translation>
    </message>
    <message>
        <source>HALF OPEN: one attempt is let through</source>
        <translation>HALB OFFEN: ein Versuch wird durchgelassen</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>all closed</source>
        <translation>alle geschlossen</translation>
    </message>
    <message>
        <source>Scrapes running</source>
        <translation>Laufende Abfragen</translation>
    </message>
    <message>
        <source>Scrapes not sent</source>
        <translation>Nicht gesendete Abfragen</translation>
    </message>
    <message>
        <source>%1 because a breaker was open, %2 retries without budget</source>
        <translation>%1, weil ein Breaker offen war, %2 Wiederholungen ohne Budget</translation>
    </message>
    <message>
        <source>Requests refused</source>
        <translation>Abgelehnte Anfragen</translation>
    </message>
    <message>
        <source>%1 because too many waited</source>
        <translation>%1, weil zu viele warteten</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Receivers</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>none: only this window and the desktop are told</source>
        <translation>keine: nur dieses Fenster und der Schreibtisch erfahren es</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>, last %1 ago</source>
        <translation>, zuletzt vor %1</translation>
    </message>
    <message>
        <source> · %1 of %2 wait</source>
        <translation> · %1 von %2 warten</translation>
    </message>
    <message>
        <source> · %1 failed, %2 dropped</source>
        <translation> · %1 fehlgeschlagen, %2 verworfen</translation>
    </message>
    <message>
        <source> · breaker %1</source>
        <translation> · Breaker %1</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Stalls over 50 ms</source>
        <translation>Hänger über 50 ms</translation>
    </message>
    <message>
        <source>%1, the longest %2 ms</source>
        <translation>%1, der längste %2 ms</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokolldatei</translation>
    </message>
    <message>
        <source>where the engine was started: its standard error</source>
        <translation>wo die Engine gestartet wurde: ihre Standardfehlerausgabe</translation>
    </message>
    <message>
        <source>Holdfast itself is well</source>
        <translation>Holdfast selbst geht es gut</translation>
    </message>
    <message>
        <source>%1 – and %2 more</source>
        <translation>%1 – und %2 weitere</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>%1 targets tell their time, none is 2 s off</source>
        <translation>%1 Ziele nennen ihre Uhrzeit, keine weicht 2 s ab</translation>
    </message>
    <message>
        <source>%1 of %2 are off, most %3: %4 ahead of the engine</source>
        <translation>%1 von %2 gehen falsch, am meisten %3: %4 vor der Engine</translation>
    </message>
    <message>
        <source>%1 of %2 are off, most %3: %4 behind the engine</source>
        <translation>%1 von %2 gehen falsch, am meisten %3: %4 hinter der Engine</translation>
    </message>
    <message>
        <source>at most %1 is kept</source>
        <translation>höchstens %1 werden behalten</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>older than %1 is removed, and the oldest beyond %2</source>
        <translation>Älteres als %1 wird entfernt und das Älteste über %2 hinaus</translation>
    </message>
    <message>
        <source>the store&apos;s queue</source>
        <translation>Schlange des Speichers</translation>
    </message>
    <message>
        <source>reading the fleet</source>
        <translation>Lesen der Flotte</translation>
    </message>
    <message>
        <source>late scrapes</source>
        <translation>verspätete Scrapes</translation>
    </message>
    <message>
        <source>the processors</source>
        <translation>Prozessoren</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>a recording: nothing is collected</source>
        <translation>eine Aufzeichnung: Es wird nichts gesammelt</translation>
    </message>
    <message>
        <source>a recording: nothing is judged anew</source>
        <translation>eine Aufzeichnung: Es wird nichts neu beurteilt</translation>
    </message>
</context>
<context>
    <name>HealthView</name>
    <message>
        <source>Copy diagnosis</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>This page as text, for a ticket</source>
        <translation>Diese Seite als Text, für ein Ticket</translation>
    </message>
    <message>
        <source>Copy API address</source>
        <translation>API-Adresse kopieren</translation>
    </message>
    <message>
        <source>Holdfast&apos;s own health</source>
        <translation>Holdfasts eigener Zustand</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the page of %1</source>
        <translation>Seite von %1 öffnen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>HeatPage</name>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>A heatmap shows a range. Switch from Instant to Range.</source>
        <translation>Eine Heatmap zeigt einen Zeitraum. Wechseln Sie von Zeitpunkt zu Zeitraum.</translation>
    </message>
    <message>
        <source>A heatmap needs the buckets of a histogram: series with the label le, such as sum by (le) (increase(…_bucket[$step])).</source>
        <translation>Eine Heatmap braucht die Klassen eines Histogramms: Reihen mit dem Label le, etwa sum by (le) (increase(…_bucket[$step])).</translation>
    </message>
</context>
<context>
    <name>HeatPane</name>
    <message>
        <source>No requests were measured in this span.</source>
        <translation>In dieser Spanne wurden keine Anfragen gemessen.</translation>
    </message>
    <message>
        <source>over SLO %1</source>
        <translation>über SLO %1</translation>
    </message>
    <message>
        <source>no requests</source>
        <translation>keine Anfragen</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>%1: no data</source>
        <translation>%1: keine Daten</translation>
    </message>
    <message>
        <source>%1: %2 · %3</source>
        <translation>%1: %2 · %3</translation>
    </message>
</context>
<context>
    <name>HoldChoice</name>
    <message>
        <source>Start later, at</source>
        <translation>Später beginnen, um</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>until</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Hold until</source>
        <translation>In Kraft bis</translation>
    </message>
    <message>
        <source>04:30 or 20 min</source>
        <translation>04:30 oder 20 min</translation>
    </message>
    <message>
        <source>until it recovers (max %1)</source>
        <translation>bis zur Erholung (max. %1)</translation>
    </message>
    <message>
        <source>Start at</source>
        <translation>Beginn um</translation>
    </message>
    <message>
        <source>04:00 or 10 min</source>
        <translation>04:00 oder 10 min</translation>
    </message>
    <message>
        <source>When to start: %1</source>
        <translation>Wann beginnen: %1</translation>
    </message>
    <message>
        <source>Until when: %1</source>
        <translation>Bis wann: %1</translation>
    </message>
    <message>
        <source>It would end before it starts.</source>
        <translation>Es würde enden, bevor es beginnt.</translation>
    </message>
    <message>
        <source>It may be held for %1 at most.</source>
        <translation>Höchstens %1 sind erlaubt.</translation>
    </message>
</context>
<context>
    <name>InForcePane</name>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>Revert everything…</source>
        <translation>Alles zurücknehmen …</translation>
    </message>
    <message>
        <source>Nothing is in force: every breaker and flag decides by itself, and nothing waits.</source>
        <translation>Nichts ist in Kraft: Jeder Breaker und jedes Flag entscheidet selbst, und nichts wartet.</translation>
    </message>
    <message>
        <source>In force  %1</source>
        <translation>In Kraft  %1</translation>
    </message>
    <message>
        <source>  ·  %1 below, scroll</source>
        <translation>  ·  %1 darunter, blättern</translation>
    </message>
    <message>
        <source>Puts back everything that is held from here, armed or not</source>
        <translation>Nimmt alles zurück, was von hier aus gehalten wird, ob scharf oder nicht</translation>
    </message>
    <message>
        <source>Nothing is held from here</source>
        <translation>Von hier aus ist nichts in Kraft</translation>
    </message>
    <message>
        <source>no reason given – refused in the list</source>
        <translation>kein Grund angegeben – in der Liste abgelehnt</translation>
    </message>
    <message>
        <source>no reason given – cancelled in the list</source>
        <translation>kein Grund angegeben – in der Liste abgebrochen</translation>
    </message>
    <message>
        <source>no reason given – reverted in the list</source>
        <translation>kein Grund angegeben – in der Liste zurückgenommen</translation>
    </message>
    <message>
        <source>Revert everything</source>
        <translation>Alles zurücknehmen</translation>
    </message>
    <message>
        <source>Puts back all that is held from here, and cancels what waits. Why?</source>
        <translation>Nimmt alles zurück, was von hier aus gehalten wird, und verwirft, was wartet. Warum?</translation>
    </message>
    <message>
        <source>Nothing was reverted: a reason of three characters is needed.</source>
        <translation>Nichts wurde zurückgenommen: Ein Grund von drei Zeichen ist nötig.</translation>
    </message>
    <message>
        <source>Nothing was in force when the engine was last seen.</source>
        <translation>Als die Engine zuletzt gesehen wurde, war nichts in Kraft.</translation>
    </message>
</context>
<context>
    <name>IncidentPanel</name>
    <message>
        <source>Effects of changes</source>
        <translation>Wirkung von Änderungen</translation>
    </message>
    <message>
        <source>Similar incidents</source>
        <translation>Ähnliche Vorfälle</translation>
    </message>
    <message>
        <source>Evidence for the origin</source>
        <translation>Belege für den Ursprung</translation>
    </message>
    <message>
        <source>Set origin…</source>
        <translation>Ursprung setzen …</translation>
    </message>
    <message>
        <source>Signals of the incident</source>
        <translation>Signale des Vorfalls</translation>
    </message>
    <message>
        <source>Timeline (newest last)</source>
        <translation>Verlauf (Neuestes unten)</translation>
    </message>
    <message>
        <source>★ only</source>
        <translation>nur ★</translation>
    </message>
    <message>
        <source>Note: what you saw, did, decided.  /impact /deploy /decision …</source>
        <translation>Notiz: gesehen, getan, entschieden.  /impact /deploy /decision …</translation>
    </message>
    <message>
        <source>Note to the timeline</source>
        <translation>Notiz zum Verlauf</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>What changes did</source>
        <translation>Was Änderungen bewirkten</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>No action, deploy or restart was measured in this incident. After an action its effect is compared with the ten minutes before; the verdict comes a minute later.</source>
        <translation>In diesem Vorfall wurde keine Aktion, kein Deployment und kein Neustart gemessen. Nach einer Aktion wird ihre Wirkung mit den zehn Minuten davor verglichen; das Urteil kommt eine Minute später.</translation>
    </message>
    <message>
        <source>Looking for incidents like this one…</source>
        <translation>Suche nach Vorfällen wie diesem …</translation>
    </message>
    <message>
        <source>No earlier incident has the same origin or the same breakers.</source>
        <translation>Kein früherer Vorfall hat denselben Ursprung oder dieselben Breaker.</translation>
    </message>
    <message>
        <source>Not known yet at %1.</source>
        <translation>Um %1 noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Nothing points to one origin yet.</source>
        <translation>Noch deutet nichts auf einen Ursprung.</translation>
    </message>
    <message>
        <source>Flood: %1 signals. Look at the origin %2 first; the others follow from it.</source>
        <translation>Flut: %1 Signale. Zuerst auf den Ursprung %2 schauen; die anderen folgen daraus.</translation>
    </message>
    <message>
        <source>Ack</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Mitigated</source>
        <translation>Gemildert</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Vereinen …</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>Abtrennen …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export …</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>lasted %1</source>
        <translation>dauerte %1</translation>
    </message>
    <message>
        <source>1 signal</source>
        <translation>1 Signal</translation>
    </message>
    <message>
        <source>%1 signals</source>
        <translation>%1 Signale</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>FLUT</translation>
    </message>
    <message>
        <source>this computer may have been offline</source>
        <translation>dieser Rechner war vielleicht offline</translation>
    </message>
    <message>
        <source>reopened ×%1</source>
        <translation>wiedereröffnet ×%1</translation>
    </message>
    <message>
        <source>merged into INC-%1</source>
        <translation>in INC-%1 aufgegangen</translation>
    </message>
    <message>
        <source>continues INC-%1</source>
        <translation>setzt INC-%1 fort</translation>
    </message>
    <message>
        <source>ack ends in %1</source>
        <translation>Quittung endet in %1</translation>
    </message>
    <message>
        <source>Merge into INC-%1</source>
        <translation>Mit INC-%1 vereinen</translation>
    </message>
    <message>
        <source>There is no other incident.</source>
        <translation>Es gibt keinen anderen Vorfall.</translation>
    </message>
    <message>
        <source>Its signals and its timeline come here; INC-%1 stays.</source>
        <translation>Seine Signale und sein Verlauf kommen hierher; INC-%1 bleibt.</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Vereinen</translation>
    </message>
    <message>
        <source>maybe unrelated</source>
        <translation>vielleicht ohne Zusammenhang</translation>
    </message>
    <message>
        <source>Split off a signal of INC-%1</source>
        <translation>Ein Signal von INC-%1 abtrennen</translation>
    </message>
    <message>
        <source>It becomes an incident of its own: for a second fault that only came at the same time.</source>
        <translation>Es wird ein eigener Vorfall: für einen zweiten Fehler, der nur zur selben Zeit kam.</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Abtrennen</translation>
    </message>
    <message>
        <source>Severity of INC-%1</source>
        <translation>Schwere von INC-%1</translation>
    </message>
    <message>
        <source>What it means to users, not how it looks.</source>
        <translation>Was es für Nutzer bedeutet, nicht wie es aussieht.</translation>
    </message>
    <message>
        <source>SEV1</source>
        <translation>SEV1</translation>
    </message>
    <message>
        <source>users cannot do what they came for</source>
        <translation>Nutzer können nicht tun, wofür sie kamen</translation>
    </message>
    <message>
        <source>SEV2</source>
        <translation>SEV2</translation>
    </message>
    <message>
        <source>users are hindered; wakes somebody</source>
        <translation>Nutzer sind behindert; weckt jemanden</translation>
    </message>
    <message>
        <source>SEV3</source>
        <translation>SEV3</translation>
    </message>
    <message>
        <source>can wait for the day</source>
        <translation>hat Zeit bis zum Tag</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>as ranked now</source>
        <translation>wie jetzt gereiht</translation>
    </message>
    <message>
        <source>Origin of INC-%1</source>
        <translation>Ursprung von INC-%1</translation>
    </message>
    <message>
        <source>Your correction goes into the timeline and names the incident anew.</source>
        <translation>Die Korrektur steht im Verlauf und benennt den Vorfall neu.</translation>
    </message>
    <message>
        <source>Set origin</source>
        <translation>Ursprung setzen</translation>
    </message>
    <message>
        <source>Severity…</source>
        <translation>Schwere …</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Close after review</source>
        <translation>Nach Durchsicht schließen</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Show its time in all views</source>
        <translation>Seine Zeit in allen Ansichten zeigen</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
    <message>
        <source>The earlier version stays in the journal.</source>
        <translation>Die frühere Fassung bleibt im Journal.</translation>
    </message>
    <message>
        <source>  ←&#xa0;origin</source>
        <translation>  ←&#xa0;Ursprung</translation>
    </message>
</context>
<context>
    <name>IncidentStrip</name>
    <message>
        <source>Ack</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>In force %1</source>
        <translation>In Kraft %1</translation>
    </message>
    <message>
        <source>  ·  %1 of %2</source>
        <translation>  ·  %1 von %2</translation>
    </message>
    <message>
        <source>Not acknowledged: %1</source>
        <translation>Nicht quittiert: %1</translation>
    </message>
    <message>
        <source>Exit replay</source>
        <translation>Wiedergabe verlassen</translation>
    </message>
    <message>
        <source>Snooze 10 min</source>
        <translation>10 min Ruhe</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>NEW %1</source>
        <translation>NEU %1</translation>
    </message>
    <message>
        <source>NEW</source>
        <translation>NEU</translation>
    </message>
    <message>
        <source>new incident INC-%1 %2</source>
        <translation>neuer Vorfall INC-%1 %2</translation>
    </message>
    <message>
        <source>  ·  and %1 more</source>
        <translation>  ·  und %1 weitere</translation>
    </message>
</context>
<context>
    <name>IncidentsView</name>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Reading incidents…</source>
        <translation>Vorfälle werden gelesen …</translation>
    </message>
    <message>
        <source>Filter: service, title, owner, sev1   /</source>
        <translation>Filter: Dienst, Titel, wer, sev1   /</translation>
    </message>
    <message>
        <source>Filter of the incidents</source>
        <translation>Filter der Vorfälle</translation>
    </message>
    <message>
        <source>Handover…</source>
        <translation>Übergabe …</translation>
    </message>
    <message>
        <source>What the next shift must know (Ctrl+Shift+H)</source>
        <translation>Was die nächste Schicht wissen muss (Strg+Umschalt+H)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Offen %1</translation>
    </message>
    <message>
        <source>Mitigated %1</source>
        <translation>Gemildert %1</translation>
    </message>
    <message>
        <source>Recent 7 d %1</source>
        <translation>Letzte 7 T %1</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Shelved, standing</source>
        <translation>Zurückgestellt, Dauer</translation>
    </message>
    <message>
        <source>Shelved, standing %1</source>
        <translation>Zurückgestellt, Dauer %1</translation>
    </message>
    <message>
        <source>No incident matches “%1”. Esc clears the filter.</source>
        <translation>Kein Vorfall passt zu „%1“. Esc leert den Filter.</translation>
    </message>
    <message>
        <source>No open incident.</source>
        <translation>Kein offener Vorfall.</translation>
    </message>
    <message>
        <source>No mitigated incident.</source>
        <translation>Kein gemilderter Vorfall.</translation>
    </message>
    <message>
        <source>No incident in 7 days.</source>
        <translation>Kein Vorfall in 7 Tagen.</translation>
    </message>
    <message>
        <source>No incident was ever recorded here.</source>
        <translation>Hier wurde noch nie ein Vorfall verzeichnet.</translation>
    </message>
    <message>
        <source>So it was known at %1.</source>
        <translation>So war es um %1 bekannt.</translation>
    </message>
    <message>
        <source>Last rule evaluation %1 ago, %2 rules loaded, %3 of %4 targets answer: the silence is real.</source>
        <translation>Letzte Regelauswertung vor %1, %2 Regeln geladen, %3 von %4 Zielen antworten: Die Stille ist echt.</translation>
    </message>
    <message>
        <source>But the rules were not evaluated yet: give it a minute.</source>
        <translation>Aber die Regeln wurden noch nicht ausgewertet: eine Minute Geduld.</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Alarmierung</translation>
    </message>
    <message>
        <source>%1 pages</source>
        <translation>%1 Alarmierungen</translation>
    </message>
    <message>
        <source>24 h: %1 · %2 alerts/10 min</source>
        <translation>24 h: %1 · %2 Alarme/10 min</translation>
    </message>
    <message>
        <source>Alarm rate after EEMUA 191: %1</source>
        <translation>Alarmrate nach EEMUA 191: %1</translation>
    </message>
    <message>
        <source>Worst ten minutes: %1 alerts</source>
        <translation>Schlimmste zehn Minuten: %1 Alarme</translation>
    </message>
    <message>
        <source>Median time to acknowledge: %1</source>
        <translation>Median bis zur Quittung: %1</translation>
    </message>
    <message>
        <source>Median time to resolve: %1</source>
        <translation>Median bis zur Lösung: %1</translation>
    </message>
    <message>
        <source>Healed by themselves: %1</source>
        <translation>Von selbst geheilt: %1</translation>
    </message>
    <message>
        <source>Handover of the shift</source>
        <translation>Übergabe der Schicht</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Open an incident by hand</source>
        <translation>Einen Vorfall von Hand eröffnen</translation>
    </message>
    <message>
        <source>Open an incident by hand, before a rule sees it</source>
        <translation>Einen Vorfall von Hand eröffnen, bevor eine Regel ihn sieht</translation>
    </message>
    <message>
        <source>By service, title, owner or severity</source>
        <translation>Nach Dienst, Titel, Zuständigem oder Schwere</translation>
    </message>
    <message>
        <source>But no target answers: this silence says nothing. See Targets.</source>
        <translation>Aber kein Ziel antwortet: Diese Stille sagt nichts. Siehe Ziele.</translation>
    </message>
    <message>
        <source>Last rule evaluation %1 ago, %2 rules loaded. Of what does not answer nothing is known: %3 of %4 targets.</source>
        <translation>Letzte Auswertung der Regeln vor %1, %2 Regeln geladen. Von denen, die nicht antworten, ist nichts bekannt: %3 von %4 Zielen.</translation>
    </message>
</context>
<context>
    <name>KpiBar</name>
    <message>
        <source>as 30 min ago</source>
        <translation>wie vor 30 min</translation>
    </message>
    <message>
        <source>%1 vs 30 min ago</source>
        <translation>%1 gegenüber vor 30 min</translation>
    </message>
    <message>
        <source>from 1 request – shaky</source>
        <translation>aus 1 Anfrage – unsicher</translation>
    </message>
    <message>
        <source>from %1 requests – shaky</source>
        <translation>aus %1 Anfragen – unsicher</translation>
    </message>
    <message>
        <source>no such metric</source>
        <translation>keine solche Metrik</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>above the largest bucket</source>
        <translation>über dem größten Bucket</translation>
    </message>
    <message>
        <source>%1 budget</source>
        <translation>%1 Budget</translation>
    </message>
    <message>
        <source>breakers</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>%1 of %2 open</source>
        <translation>%1 von %2 offen</translation>
    </message>
    <message>
        <source>%1 of %2 forced</source>
        <translation>%1 von %2 erzwungen</translation>
    </message>
    <message>
        <source>%1 of %2 half-open</source>
        <translation>%1 von %2 halb offen</translation>
    </message>
    <message>
        <source>%1 closed</source>
        <translation>%1 geschlossen</translation>
    </message>
    <message>
        <source>1 flag on</source>
        <translation>1 Flag an</translation>
    </message>
    <message>
        <source>%1 flags on</source>
        <translation>%1 Flags an</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>headroom</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>tier %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>1 instance</source>
        <translation>1 Instanz</translation>
    </message>
    <message>
        <source>%1 instances</source>
        <translation>%1 Instanzen</translation>
    </message>
    <message>
        <source>%1 of %2 instances up</source>
        <translation>%1 von %2 Instanzen laufen</translation>
    </message>
    <message>
        <source>scraped %1 ago</source>
        <translation>abgefragt vor %1</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>%1 jetzt</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>The lanes of one instance alone. The numbers in this line stay those of all.</source>
        <translation>Die Bahnen nur einer Instanz. Die Zahlen in dieser Zeile bleiben die aller.</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
    <message>
        <source>%1, all instances</source>
        <translation>%1, alle Instanzen</translation>
    </message>
</context>
<context>
    <name>LaneBar</name>
    <message>
        <source>Zoom in</source>
        <translation>Hineinzoomen</translation>
    </message>
    <message>
        <source>Use as baseline</source>
        <translation>Als Vergleich nehmen</translation>
    </message>
    <message>
        <source>Add note…</source>
        <translation>Notiz …</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>End before / after</source>
        <translation>Vorher/nachher beenden</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>Bild …</translation>
    </message>
    <message>
        <source>%1 marked: %2 – %3</source>
        <translation>%1 markiert: %2 – %3</translation>
    </message>
    <message>
        <source>A %1 · B %2 · Δ %3</source>
        <translation>A %1 · B %2 · Δ %3</translation>
    </message>
    <message>
        <source>A %1 · click again for B</source>
        <translation>A %1 · noch ein Klick für B</translation>
    </message>
    <message>
        <source>Click pins · drag zooms · Shift+drag marks a span · Ctrl+wheel zooms</source>
        <translation>Klick setzt A und B · Ziehen zoomt · Umschalt+Ziehen markiert · Strg+Rad zoomt</translation>
    </message>
    <message>
        <source>Drop baseline</source>
        <translation>Vergleich verwerfen</translation>
    </message>
</context>
<context>
    <name>LaneTable</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Latency heatmap</source>
        <translation>Latenzverteilung</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
</context>
<context>
    <name>LinePane</name>
    <message>
        <source>%1 vs baseline</source>
        <translation>%1 zum Vergleich</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>here </source>
        <translation>hier </translation>
    </message>
    <message>
        <source>now </source>
        <translation>jetzt </translation>
    </message>
    <message>
        <source>no samples</source>
        <translation>keine Werte</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>max %1</translation>
    </message>
    <message>
        <source>p95 of points %1</source>
        <translation>p95 der Punkte %1</translation>
    </message>
    <message>
        <source>min %1</source>
        <translation>min %1</translation>
    </message>
    <message>
        <source>too early</source>
        <translation>zu früh</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>keine klare Änderung</translation>
    </message>
    <message>
        <source>%1, beyond the limit</source>
        <translation>%1, über der Grenze</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source> beyond the limit</source>
        <translation> über der Grenze</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LinesPane</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>LinkBar</name>
    <message>
        <source>Start engine</source>
        <translation>Engine starten</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Not collecting since %1</source>
        <translation>Keine Daten seit %1</translation>
    </message>
    <message>
        <source> – holds that must be ended in time are at risk: %1</source>
        <translation> – Eingriffe, die rechtzeitig enden müssen, sind gefährdet: %1</translation>
    </message>
    <message>
        <source>%1 does not answer since %2</source>
        <translation>%1 antwortet nicht seit %2</translation>
    </message>
    <message>
        <source>engine unreachable: %1</source>
        <translation>Engine nicht erreichbar: %1</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source> – what is in force ends by itself, in its service: %1</source>
        <translation> – was in Kraft ist, endet von selbst, in seinem Dienst: %1</translation>
    </message>
</context>
<context>
    <name>ListHeader</name>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Holdfast</source>
        <translation>Holdfast</translation>
    </message>
    <message>
        <source>%1 – Holdfast</source>
        <translation>%1 – Holdfast</translation>
    </message>
    <message>
        <source>Holdfast&apos;s own health</source>
        <translation>Holdfasts eigener Zustand</translation>
    </message>
    <message>
        <source>T …  Z wider · ← → earlier, later · L live · C copy · V paste the range</source>
        <translation>T …  Z weiter · ← → früher, später · L live · C kopieren · V Spanne einfügen</translation>
    </message>
    <message>
        <source>D …  R read again · K full screen</source>
        <translation>D …  R neu lesen · K Vollbild</translation>
    </message>
    <message>
        <source>Marker at %1</source>
        <translation>Marke um %1</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>Was ist geschehen?</translation>
    </message>
    <message>
        <source>What happened at %1?</source>
        <translation>Was ist bei %1 geschehen?</translation>
    </message>
    <message>
        <source>Add marker</source>
        <translation>Marke setzen</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Revert “%1” on %2, which you hold since its action %3?</source>
        <translation>„%1“ auf %2 zurücknehmen, gehalten seit Eingriff %3?</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>reverted by hand</source>
        <translation>von Hand zurückgenommen</translation>
    </message>
    <message>
        <source>There is no text to paste a time range from</source>
        <translation>Kein Text da, aus dem eine Spanne einzufügen wäre</translation>
    </message>
    <message>
        <source>Note on INC-%1</source>
        <translation>Notiz zu INC-%1</translation>
    </message>
    <message>
        <source>What do you know, what do you do?</source>
        <translation>Was ist bekannt, was geschieht gerade?</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>Map of services and their calls</source>
        <translation>Karte der Dienste und ihrer Aufrufe</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>%1 services, %2 calls</source>
        <translation>%1 Dienste, %2 Aufrufe</translation>
    </message>
    <message>
        <source>calls %1 %2</source>
        <translation>ruft %1 %2</translation>
    </message>
    <message>
        <source>≤ %1 of its users</source>
        <translation>≤ %1 seiner Nutzer</translation>
    </message>
    <message>
        <source>≤ %1</source>
        <translation>≤ %1</translation>
    </message>
    <message>
        <source>Blast radius of %1 → %2: at most these shares of requests   Esc</source>
        <translation>Reichweite von %1 → %2: höchstens diese Anteile der Anfragen   Esc</translation>
    </message>
    <message>
        <source>Edge width: calls per second, logarithmic · dashed thin: inferred</source>
        <translation>Kantenbreite: Aufrufe je Sekunde, logarithmisch · dünn gestrichelt: erschlossen</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Only abnormal paths</source>
        <translation>Nur auffällige Wege</translation>
    </message>
    <message>
        <source>Lay out anew</source>
        <translation>Neu anordnen</translation>
    </message>
    <message>
        <source>%1 services, %2 calls · as of %3</source>
        <translation>%1 Dienste, %2 Aufrufe · Stand %3</translation>
    </message>
    <message>
        <source>Around: all</source>
        <translation>Um: alle</translation>
    </message>
    <message>
        <source>All services</source>
        <translation>Alle Dienste</translation>
    </message>
    <message>
        <source>± %1 hops around %2</source>
        <translation>± %1 Schritte um %2</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Herauszoomen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Hineinzoomen</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Forgets where boxes were put; they never move by themselves</source>
        <translation>Vergisst, wohin Kästen geschoben wurden; von selbst wandern sie nie</translation>
    </message>
    <message>
        <source>Around %1: ± %2</source>
        <translation>Um %1: ± %2</translation>
    </message>
    <message>
        <source> · PAUSED</source>
        <translation> · PAUSE</translation>
    </message>
    <message>
        <source> · HELD</source>
        <translation> · STEHT</translation>
    </message>
    <message>
        <source> · the engine is not reachable, this is the last picture</source>
        <translation> · die Engine ist nicht erreichbar, dies ist das letzte Bild</translation>
    </message>
    <message>
        <source>Blast radius: %1 → %2</source>
        <translation>Reichweite: %1 → %2</translation>
    </message>
    <message>
        <source>Fold namespaces</source>
        <translation>Namensräume falten</translation>
    </message>
    <message>
        <source>Services of one namespace are one box; double-click or Enter opens it, Esc folds again</source>
        <translation>Dienste eines Namensraums sind ein Kasten; Doppelklick oder Enter öffnet ihn, Esc faltet wieder</translation>
    </message>
    <message>
        <source>Calls concluded from the names of breakers; written down they stay and can be relied on</source>
        <translation>Aus Namen von Breakern geschlossene Aufrufe; aufgeschrieben bleiben sie und sind verlässlich</translation>
    </message>
    <message>
        <source>%1 inferred</source>
        <translation>%1 erschlossen</translation>
    </message>
    <message>
        <source> · %1 namespaces folded</source>
        <translation> · %1 Namensräume gefaltet</translation>
    </message>
    <message>
        <source>They come from breaker metrics, from client metrics that name whom they call, and from a mesh. None of these is here.</source>
        <translation>Sie kommen aus Breaker-Metriken, aus Client-Metriken, die nennen, wen sie rufen, und aus einem Mesh. Nichts davon ist hier.</translation>
    </message>
    <message>
        <source>They come from breaker metrics, from client metrics that name whom they call, and from a mesh. Where none of these is there, write “depends_on” under “holdfast: services:” into the configuration.</source>
        <translation>Sie kommen aus Breaker-Metriken, aus Client-Metriken, die nennen, wen sie rufen, und aus einem Mesh. Wo nichts davon da ist, schreiben Sie „depends_on“ unter „holdfast: services:“ in die Konfiguration.</translation>
    </message>
    <message>
        <source>Show the fleet</source>
        <translation>Flotte zeigen</translation>
    </message>
    <message>
        <source>Open the configuration</source>
        <translation>Konfiguration öffnen</translation>
    </message>
    <message>
        <source>%1 → %2   from breaker %3</source>
        <translation>%1 → %2   aus Breaker %3</translation>
    </message>
    <message>
        <source>Copy all as depends_on</source>
        <translation>Alle als depends_on kopieren</translation>
    </message>
    <message>
        <source>The map comes with the first answer of the engine.</source>
        <translation>Die Karte kommt mit der ersten Antwort der Engine.</translation>
    </message>
</context>
<context>
    <name>MessageBus</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Ack</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Snooze 10 min</source>
        <translation>10 min Ruhe</translation>
    </message>
    <message>
        <source>Holdfast</source>
        <translation>Holdfast</translation>
    </message>
</context>
<context>
    <name>NavButton</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1, %2 not acknowledged</source>
        <translation>%1, %2 nicht quittiert</translation>
    </message>
</context>
<context>
    <name>NavRail</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>NotHereView</name>
    <message>
        <source>This window is attached to the Prometheus at %1 – reading only. How breakers stand is on the map and on each service&apos;s page. To switch them, run an engine that knows their control endpoints: holdfast serve --config prometheus.yml</source>
        <translation>Dieses Fenster hängt am Prometheus unter %1 – nur lesend. Wie Breaker stehen, zeigen die Karte und die Seite jedes Dienstes. Zum Schalten braucht es eine Engine, die ihre Steuerung kennt: holdfast serve --config prometheus.yml</translation>
    </message>
    <message>
        <source>Show the map</source>
        <translation>Karte zeigen</translation>
    </message>
    <message>
        <source>This window is attached to the Prometheus at %1 – reading only. Health is that of a Holdfast engine: its store, its rules, its queues. What the Prometheus reads, and how that goes, is on the targets page.</source>
        <translation>Dieses Fenster hängt am Prometheus unter %1 – nur lesend. Diese Seite zeigt den Zustand einer Holdfast-Engine: Speicher, Regeln, Warteschlangen. Was der Prometheus liest und wie das gelingt, steht auf der Seite Ziele.</translation>
    </message>
    <message>
        <source>Show the targets</source>
        <translation>Ziele zeigen</translation>
    </message>
</context>
<context>
    <name>NoteBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Since %1: %2</source>
        <translation>Seit %1: %2</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Holdfast is not collecting</source>
        <translation>Holdfast sammelt nicht</translation>
    </message>
    <message>
        <source>Since %1 the engine does not answer: %2</source>
        <translation>Seit %1 antwortet die Engine nicht: %2</translation>
    </message>
    <message>
        <source>Not acknowledged: %1</source>
        <translation>Nicht quittiert: %1</translation>
    </message>
    <message>
        <source>REPLAY – Holdfast %1</source>
        <translation>WIEDERGABE – Holdfast %1</translation>
    </message>
</context>
<context>
    <name>OfflineBar</name>
    <message>
        <source>That many services seldom fail at once: look at cable, Wi-Fi and VPN first.</source>
        <translation>So viele Dienste fallen selten zugleich aus: zuerst Kabel, WLAN und VPN prüfen.</translation>
    </message>
    <message>
        <source>Show targets</source>
        <translation>Ziele anzeigen</translation>
    </message>
</context>
<context>
    <name>OverflowMenu</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What there is no room for</source>
        <translation>Wofür kein Platz ist</translation>
    </message>
</context>
<context>
    <name>PickDialog</name>
    <message>
        <source>Why? It goes into the timeline.</source>
        <translation>Warum? Es steht im Verlauf.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>ProbePanel</name>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Where are the metrics?</source>
        <translation>Wo sind die Metriken?</translation>
    </message>
    <message>
        <source>Address of the metrics</source>
        <translation>Adresse der Metriken</translation>
    </message>
    <message>
        <source>Name of the service</source>
        <translation>Name des Dienstes</translation>
    </message>
    <message>
        <source>Start – see data in 10 s</source>
        <translation>Starten – Daten in 10 s</translation>
    </message>
    <message>
        <source>Services: %1   Name of the job</source>
        <translation>Dienste: %1   Name des Jobs</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>No scrape has come back yet. The page Targets shows how it goes on.</source>
        <translation>Noch kam keine Abfrage zurück. Die Seite Ziele zeigt, wie es weitergeht.</translation>
    </message>
    <message>
        <source>Its breakers are read only for now. What may be pulled from here is set up later, under Settings, Controls.</source>
        <translation>Seine Schutzschalter werden vorerst nur gelesen. Was von hier aus geschaltet werden darf, wird später unter Einstellungen, Steuerung eingerichtet.</translation>
    </message>
</context>
<context>
    <name>PrometheusControls</name>
    <message>
        <source>CLOSED – passing calls</source>
        <translation>GESCHLOSSEN – lässt Aufrufe durch</translation>
    </message>
    <message>
        <source>HALF-OPEN – trying some calls</source>
        <translation>HALB OFFEN – probiert einige Aufrufe</translation>
    </message>
    <message>
        <source>BYPASSED – breaker disabled</source>
        <translation>UMGANGEN – Breaker abgeschaltet</translation>
    </message>
    <message>
        <source>OPEN – rejecting calls</source>
        <translation>OFFEN – weist Aufrufe ab</translation>
    </message>
    <message>
        <source>FORCED CLOSED – passing calls</source>
        <translation>VON HAND GESCHLOSSEN – lässt Aufrufe durch</translation>
    </message>
    <message>
        <source>FORCED OPEN – rejecting calls</source>
        <translation>VON HAND OFFEN – weist Aufrufe ab</translation>
    </message>
</context>
<context>
    <name>PrometheusTargets</name>
    <message>
        <source>Nothing listens on %1. Is the service running?</source>
        <translation>Auf %1 lauscht nichts. Läuft der Dienst?</translation>
    </message>
    <message>
        <source>%1 took longer than the scrape timeout. Is it overloaded, or is something on the way dropping packets?</source>
        <translation>%1 brauchte länger als die Abfragefrist. Ist er überlastet, oder gehen unterwegs Pakete verloren?</translation>
    </message>
    <message>
        <source>The name in %1 is not known to the resolver there.</source>
        <translation>Der Name in %1 ist der Namensauflösung dort nicht bekannt.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>Das Zertifikat von %1 ist abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted there.</source>
        <translation>Dem Zertifikat von %1 wird dort nicht getraut.</translation>
    </message>
    <message>
        <source>%1 wants a login that the Prometheus does not send.</source>
        <translation>%1 verlangt eine Anmeldung, die der Prometheus nicht mitschickt.</translation>
    </message>
    <message>
        <source>%1 refuses the login that the Prometheus sends.</source>
        <translation>%1 weist die Anmeldung des Prometheus zurück.</translation>
    </message>
    <message>
        <source>%1 has no page at that path. Is metrics_path right?</source>
        <translation>%1 hat unter diesem Pfad keine Seite. Stimmt metrics_path?</translation>
    </message>
    <message>
        <source>There is no way to the host of %1.</source>
        <translation>Zum Rechner von %1 gibt es keinen Weg.</translation>
    </message>
</context>
<context>
    <name>QueryEditor</name>
    <message>
        <source>PromQL expression</source>
        <translation>PromQL-Ausdruck</translation>
    </message>
    <message>
        <source>PromQL, for example  sum by (job) (rate(http_requests_total[1m]))   Ctrl+Enter runs</source>
        <translation>PromQL, zum Beispiel  sum by (job) (rate(http_requests_total[1m]))   Strg+Eingabe führt aus</translation>
    </message>
    <message>
        <source>%1 series now</source>
        <translation>jetzt %1 Reihen</translation>
    </message>
    <message>
        <source>no series now</source>
        <translation>jetzt keine Reihe</translation>
    </message>
</context>
<context>
    <name>QueryRow</name>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>PromQL expression %1</source>
        <translation>PromQL-Ausdruck %1</translation>
    </message>
    <message>
        <source>Leaves this query out of the picture; it is not asked meanwhile</source>
        <translation>Lässt diese Abfrage aus dem Bild; solange wird sie nicht gestellt</translation>
    </message>
    <message>
        <source>Takes this query away</source>
        <translation>Entfernt diese Abfrage</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Einblenden</translation>
    </message>
</context>
<context>
    <name>RangePicker</name>
    <message>
        <source>Time range</source>
        <translation>Zeitspanne</translation>
    </message>
    <message>
        <source>Type a time range</source>
        <translation>Zeitspanne eintippen</translation>
    </message>
    <message>
        <source>Times are UTC. Enter applies, Esc closes.</source>
        <translation>Zeiten sind UTC. Eingabe übernimmt, Esc schließt.</translation>
    </message>
    <message>
        <source>Times are those of this computer. Enter applies, Esc closes.</source>
        <translation>Zeiten sind die dieses Rechners. Eingabe übernimmt, Esc schließt.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Copy range</source>
        <translation>Spanne kopieren</translation>
    </message>
    <message>
        <source>Paste range</source>
        <translation>Spanne einfügen</translation>
    </message>
    <message>
        <source>As Grafana reads it</source>
        <translation>So, wie Grafana sie liest</translation>
    </message>
    <message>
        <source>From Grafana, a link, or words</source>
        <translation>Aus Grafana, einem Link oder Worten</translation>
    </message>
    <message>
        <source>The range ends before it starts.</source>
        <translation>Die Spanne endet, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>Since the last deploy …</source>
        <translation>Seit dem letzten Deploy …</translation>
    </message>
    <message>
        <source>No deploy is known of the last 7 days</source>
        <translation>Aus den letzten 7 Tagen ist kein Deploy bekannt</translation>
    </message>
    <message>
        <source>last 15m · 14:00-14:30 · yesterday 9 to 10 · since 9:15 · since deploy</source>
        <translation>letzte 15m · 14:00-14:30 · gestern 9 bis 10 · seit 9:15 · seit Deploy</translation>
    </message>
    <message>
        <source>%1 until now, live: %2</source>
        <translation>%1 bis jetzt, live: %2</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 bis %2: %3</translation>
    </message>
</context>
<context>
    <name>RangeText</name>
    <message>
        <source>Cannot read “%1” as a time. Try 45m, 03:05-03:20, yesterday 9 to 10 or since 14:00.</source>
        <translation>„%1“ ist nicht als Zeit zu lesen. Etwa: 45m, 03:05-03:20, gestern 9 bis 10 oder seit 14:00.</translation>
    </message>
    <message>
        <source>The range ends before it starts.</source>
        <translation>Die Spanne endet, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>That is still to come.</source>
        <translation>Das liegt noch in der Zukunft.</translation>
    </message>
</context>
<context>
    <name>RawPage</name>
    <message>
        <source>Samples as text</source>
        <translation>Messwerte als Text</translation>
    </message>
</context>
<context>
    <name>ReasonBox</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message>
        <source>Exit</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Last event (Ctrl+←)</source>
        <translation>Voriges Ereignis (Strg+←)</translation>
    </message>
    <message>
        <source>5 s back (←)</source>
        <translation>5 s zurück (←)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>5 s on (→)</source>
        <translation>5 s weiter (→)</translation>
    </message>
    <message>
        <source>Next event (Ctrl+→)</source>
        <translation>Nächstes Ereignis (Strg+→)</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>%1 seconds a second</source>
        <translation>%1 Sekunden je Sekunde</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop (Space)</source>
        <translation>Anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>This engine replays a bundle: there is no present to go back to</source>
        <translation>Diese Engine gibt ein Bündel wieder: Es gibt keine Gegenwart, in die man zurück kann</translation>
    </message>
    <message>
        <source>Back to the present</source>
        <translation>Zurück in die Gegenwart</translation>
    </message>
    <message>
        <source>REPLAY %1</source>
        <translation>WIEDERGABE %1</translation>
    </message>
    <message>
        <source>INC-%1 · controls locked</source>
        <translation>INC-%1 · Steuerung gesperrt</translation>
    </message>
    <message>
        <source>controls locked</source>
        <translation>Steuerung gesperrt</translation>
    </message>
    <message>
        <source>The present is %1. What is shown was known at %2; nothing can be changed.</source>
        <translation>Die Gegenwart ist %1. Gezeigt wird, was um %2 bekannt war; nichts kann geändert werden.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ReplayTrack</name>
    <message>
        <source>Replayed span</source>
        <translation>Wiedergegebene Spanne</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Handover</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>For a ticket or a wiki</source>
        <translation>Für ein Ticket oder ein Wiki</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>One file with its charts; needs no network and runs no script</source>
        <translation>Eine Datei mit ihren Diagrammen; braucht kein Netz und führt kein Skript aus</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>The same on A4 pages</source>
        <translation>Dasselbe auf A4-Seiten</translation>
    </message>
    <message>
        <source>.holdfast bundle</source>
        <translation>.holdfast-Bündel</translation>
    </message>
    <message>
        <source>Samples and events; a colleague opens it with “holdfast serve --replay” and walks through it</source>
        <translation>Messwerte und Ereignisse; Kollegen öffnen es mit „holdfast serve --replay“ und gehen hindurch</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was darin steht</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>last %1 h</source>
        <translation>letzte %1 h</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>hosts</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>and what matches this pattern (RE2)</source>
        <translation>und was auf dieses Muster passt (RE2)</translation>
    </message>
    <message>
        <source>Pattern of what is taken out</source>
        <translation>Muster des Herausgenommenen</translation>
    </message>
    <message>
        <source>What is replaced</source>
        <translation>Was ersetzt wird</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>wird zu</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Mal</translation>
    </message>
    <message>
        <source>Nothing is taken out: names, hosts and addresses are in it as they are.</source>
        <translation>Nichts wird herausgenommen: Namen, Rechner und Adressen stehen darin, wie sie sind.</translation>
    </message>
    <message>
        <source>Nothing in it matches: it is the same with and without.</source>
        <translation>Nichts darin passt: Es ist mit und ohne dasselbe.</translation>
    </message>
    <message>
        <source>%1 texts are replaced, everywhere the same way:</source>
        <translation>%1 Texte werden ersetzt, überall gleich:</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Saved %1 pages as %2.</source>
        <translation>%1 Seiten als %2 gespeichert.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Als %1 gespeichert.</translation>
    </message>
    <message>
        <source>The engine writes it…</source>
        <translation>Die Engine schreibt ihn …</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>

… and more in the file.</source>
        <translation>

… und mehr in der Datei.</translation>
    </message>
    <message>
        <source>The window is too busy to show it.</source>
        <translation>Das Fenster ist zu beschäftigt, um es zu zeigen.</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neuester</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Kleinster</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Größter</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source># %1 more samples are not shown here; “Copy” and “Export” have all.</source>
        <translation># %1 weitere Messwerte stehen nicht hier; „Kopieren“ und „Exportieren“ haben alle.</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Als Datei sichern …</translation>
    </message>
    <message>
        <source>Make a rule of this query</source>
        <translation>Aus dieser Abfrage eine Regel machen</translation>
    </message>
    <message>
        <source>Alert while it holds</source>
        <translation>Alarm, solange es gilt</translation>
    </message>
    <message>
        <source>Record it as a series</source>
        <translation>Als Reihe aufzeichnen</translation>
    </message>
    <message>
        <source>a number; empty: the query compares already</source>
        <translation>eine Zahl; leer: Die Abfrage vergleicht schon</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>page – somebody is woken</source>
        <translation>page – jemand wird geweckt</translation>
    </message>
    <message>
        <source>ticket – in working hours</source>
        <translation>ticket – in der Arbeitszeit</translation>
    </message>
    <message>
        <source>what the person on call reads first; {{ $labels.job }} is filled in</source>
        <translation>was der Bereitschaftsdienst zuerst liest; {{ $labels.job }} wird eingesetzt</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>The rule file</source>
        <translation>Die Regeldatei</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Open the configuration</source>
        <translation>Konfiguration öffnen</translation>
    </message>
    <message>
        <source>It is read once the configuration names the file under rule_files; `holdfast check rules FILE` checks it before.</source>
        <translation>Sie wird gelesen, sobald die Konfiguration die Datei unter rule_files nennt; `holdfast check rules DATEI` prüft sie vorher.</translation>
    </message>
    <message>
        <source>Save the rule</source>
        <translation>Regel sichern</translation>
    </message>
    <message>
        <source>Rule files (*.yml *.yaml)</source>
        <translation>Regeldateien (*.yml *.yaml)</translation>
    </message>
    <message>
        <source>Saved. Name it under rule_files: %1</source>
        <translation>Gesichert. Nennen Sie sie unter rule_files: %1</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>ServiceView</name>
    <message>
        <source>Choose one in the fleet, or type its name after Ctrl+K.</source>
        <translation>In der Flotte einen wählen oder nach Strg+K seinen Namen tippen.</translation>
    </message>
    <message>
        <source>Show the fleet</source>
        <translation>Flotte anzeigen</translation>
    </message>
    <message>
        <source>The page of %1 needs an engine: %2</source>
        <translation>Die Seite von %1 braucht eine Engine: %2</translation>
    </message>
    <message>
        <source>The page comes with the first answer of the engine.</source>
        <translation>Die Seite kommt mit der ersten Antwort der Engine.</translation>
    </message>
    <message>
        <source>n %1 – shaky</source>
        <translation>n %1 – unsicher</translation>
    </message>
    <message>
        <source>above last bucket</source>
        <translation>über letztem Bucket</translation>
    </message>
    <message>
        <source>by %1 · Esc ends</source>
        <translation>nach %1 · Esc beendet</translation>
    </message>
    <message>
        <source>splitting…</source>
        <translation>wird aufgeteilt …</translation>
    </message>
    <message>
        <source>cannot be split</source>
        <translation>lässt sich nicht aufteilen</translation>
    </message>
    <message>
        <source>by %1 · first %2 of %3</source>
        <translation>nach %1 · erste %2 von %3</translation>
    </message>
    <message>
        <source>No metric for this was found.</source>
        <translation>Dafür wurde keine Metrik gefunden.</translation>
    </message>
    <message>
        <source>Explore this query</source>
        <translation>Abfrage erkunden</translation>
    </message>
    <message>
        <source>Copy PromQL</source>
        <translation>PromQL kopieren</translation>
    </message>
    <message>
        <source>Which metrics are there?</source>
        <translation>Welche Metriken gibt es?</translation>
    </message>
    <message>
        <source>Copy values</source>
        <translation>Werte kopieren</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>Volle Größe</translation>
    </message>
    <message>
        <source>All lanes</source>
        <translation>Alle Spuren</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>Aufklappen</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Split by %1</source>
        <translation>Aufteilen nach %1</translation>
    </message>
    <message>
        <source>Split: these metrics carry no instance, route or code</source>
        <translation>Aufteilen: Diese Metriken tragen weder Instanz noch Route noch Code</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>The span before</source>
        <translation>Die Spanne davor</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>Letzte Woche</translation>
    </message>
    <message>
        <source>The span that ends at pin A</source>
        <translation>Die Spanne, die bei A endet</translation>
    </message>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>letzte Woche</translation>
    </message>
    <message>
        <source>to pin A</source>
        <translation>bis A</translation>
    </message>
    <message>
        <source>vs %1</source>
        <translation>gegen %1</translation>
    </message>
    <message>
        <source>Note at %1</source>
        <translation>Notiz um %1</translation>
    </message>
    <message>
        <source>What should the next person know about %1?</source>
        <translation>Was soll die nächste Person über %1 wissen?</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Take this lane off</source>
        <translation>Diese Spur abnehmen</translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation>In neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>All instances</source>
        <translation>Alle Instanzen</translation>
    </message>
    <message>
        <source> · down</source>
        <translation> · nicht erreichbar</translation>
    </message>
    <message>
        <source>Show on map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>all instances</source>
        <translation>alle Instanzen</translation>
    </message>
    <message>
        <source>1 more in force below</source>
        <translation>1 weiterer in Kraft, darunter</translation>
    </message>
    <message>
        <source>%1 more in force below</source>
        <translation>%1 weitere in Kraft, darunter</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Configuration file</source>
        <translation>Konfigurationsdatei</translation>
    </message>
    <message>
        <source>Reading the configuration…</source>
        <translation>Die Konfiguration wird gelesen …</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>What is scraped, how often, and how long it is kept. The store&apos;s retention is taken at the engine&apos;s start; everything else at once after a reload.</source>
        <translation>Was abgefragt wird, wie oft und wie lange es bleibt. Die Aufbewahrung gilt ab dem Start der Engine; alles andere sofort nach dem Neuladen.</translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>every 1 min, with a timeout of 10 s, as Prometheus does</source>
        <translation>jede Minute, mit einer Frist von 10 s, wie Prometheus es tut</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>15 days are kept, whatever their size</source>
        <translation>15 Tage bleiben, wie groß sie auch sind</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>nothing is scraped</source>
        <translation>nichts wird abgefragt</translation>
    </message>
    <message>
        <source>Passed on to</source>
        <translation>Weitergegeben an</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemanden</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>What is known of services beyond their metrics: tier, other names, what they depend on, objectives, ceilings and what users get instead.</source>
        <translation>Was über Dienste außer ihren Metriken bekannt ist: Stufe, andere Namen, Abhängigkeiten, Ziele, Obergrenzen und was Nutzer stattdessen bekommen.</translation>
    </message>
    <message>
        <source>what the metrics tell is all that is known</source>
        <translation>bekannt ist nur, was die Metriken sagen</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>the built-in conventions only</source>
        <translation>nur die eingebauten Konventionen</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Groups of breakers, flags and actions, how they are reached, who must agree, and how long they may hold. Secrets are named here, never written: token_file, token_env or token_keyring.</source>
        <translation>Gruppen von Breakern, Flags und Eingriffen, wie sie erreicht werden, wer zustimmen muss und wie lange sie halten dürfen. Geheimnisse werden hier nur benannt, nie geschrieben: token_file, token_env oder token_keyring.</translation>
    </message>
    <message>
        <source>Control groups</source>
        <translation>Steuerungsgruppen</translation>
    </message>
    <message>
        <source>nothing can be acted upon</source>
        <translation>nirgends kann eingegriffen werden</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Files of recording and alerting rules, and whether the built-in ones are loaded. Failing rules stand on Holdfast&apos;s own health page.</source>
        <translation>Dateien mit Aufzeichnungs- und Alarmregeln, und ob die eingebauten geladen sind. Fehlerhafte Regeln stehen auf der Seite „Zustand“.</translation>
    </message>
    <message>
        <source>Rule files</source>
        <translation>Regeldateien</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Built-in rules</source>
        <translation>Eingebaute Regeln</translation>
    </message>
    <message>
        <source>they are loaded</source>
        <translation>sie sind geladen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Whom the engine tells. This window and the desktop are told in any case.</source>
        <translation>Wem die Engine meldet. Dieses Fenster und der Schreibtisch erfahren es in jedem Fall.</translation>
    </message>
    <message>
        <source>Receivers</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Alertmanagers</source>
        <translation>Alertmanager</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Who acts stands in every record. Changes need the token that the engine makes at each start and keeps in a file that only you may read; others may only read, at the address on the health page. `holdfast serve` listens to other computers only with --listen and --insecure-listen.</source>
        <translation>Wer eingreift, steht in jedem Eintrag. Änderungen brauchen das Token, das die Engine bei jedem Start macht und in einer Datei hält, die nur ihr Eigentümer lesen darf; andere dürfen nur lesen, unter der Adresse auf der Seite „Zustand“. `holdfast serve` hört auf andere Rechner nur mit --listen und --insecure-listen.</translation>
    </message>
    <message>
        <source>Who acts</source>
        <translation>Wer eingreift</translation>
    </message>
    <message>
        <source>the user of this computer</source>
        <translation>wer an diesem Rechner angemeldet ist</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>LOCAL</source>
        <translation>LOCAL</translation>
    </message>
    <message>
        <source>Deploy events</source>
        <translation>Deploys</translation>
    </message>
    <message>
        <source>Deploys come by POST /holdfast/v1/events, also as GitHub&apos;s and GitLab&apos;s webhooks come, or from a file that is watched.</source>
        <translation>Deploys kommen per POST /holdfast/v1/events, auch so, wie die Webhooks von GitHub und GitLab kommen, oder aus einer überwachten Datei.</translation>
    </message>
    <message>
        <source>Watched file</source>
        <translation>Überwachte Datei</translation>
    </message>
    <message>
        <source>none is watched</source>
        <translation>keine wird überwacht</translation>
    </message>
    <message>
        <source>Holdfast</source>
        <translation>Holdfast</translation>
    </message>
    <message>
        <source>Engine %1 · window built with Qt %2, runs with %3</source>
        <translation>Engine %1 · Fenster gebaut mit Qt %2, läuft mit %3</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>nicht erreicht</translation>
    </message>
    <message>
        <source>Cockpit for the person on call. Free software under the GNU General Public License, version 3 or later. There is no warranty.</source>
        <translation>Cockpit für die Bereitschaft. Freie Software unter der GNU General Public License, Version 3 oder später. Ohne Gewähr.</translation>
    </message>
    <message>
        <source>What it is built on</source>
        <translation>Worauf es aufbaut</translation>
    </message>
    <message>
        <source>Qt Widgets, Network, SVG, D-Bus (LGPL 3) and Charts (GPL 3) · SQLite (public domain) · libcurl (curl) · libmicrohttpd (LGPL 2.1) · yaml-cpp (MIT) · nlohmann-json (MIT) · CLI11 (BSD 3) · RE2 (BSD 3) · libdeflate (MIT) · Zstandard (BSD 3) · Snappy (BSD 3) · prometheus-cpp (MIT)</source>
        <translation>Qt Widgets, Network, SVG, D-Bus (LGPL 3) und Charts (GPL 3) · SQLite (gemeinfrei) · libcurl (curl) · libmicrohttpd (LGPL 2.1) · yaml-cpp (MIT) · nlohmann-json (MIT) · CLI11 (BSD 3) · RE2 (BSD 3) · libdeflate (MIT) · Zstandard (BSD 3) · Snappy (BSD 3) · prometheus-cpp (MIT)</translation>
    </message>
    <message>
        <source>For a ticket: the whole state of Holdfast as text stands on its health page.</source>
        <translation>Für ein Ticket: Der ganze Zustand von Holdfast steht als Text auf der Seite „Zustand“.</translation>
    </message>
    <message>
        <source>Holdfast&apos;s own health</source>
        <translation>Holdfasts eigener Zustand</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>This engine runs without a configuration file, with built-in values. Start it with holdfast serve --config FILE to change them.</source>
        <translation>Diese Engine läuft ohne Konfigurationsdatei, mit eingebauten Werten. Wer sie ändern will, startet sie mit holdfast serve --config DATEI.</translation>
    </message>
    <message>
        <source>Scrape every</source>
        <translation>Abfragen alle</translation>
    </message>
    <message>
        <source>Give a target up after</source>
        <translation>Ein Ziel aufgeben nach</translation>
    </message>
    <message>
        <source>Evaluate rules every</source>
        <translation>Regeln auswerten alle</translation>
    </message>
    <message>
        <source>Keep samples for</source>
        <translation>Werte behalten für</translation>
    </message>
    <message>
        <source>Store at most</source>
        <translation>Höchstens speichern</translation>
    </message>
    <message>
        <source>as much as it takes</source>
        <translation>so viel, wie es braucht</translation>
    </message>
    <message>
        <source>Load the built-in rules</source>
        <translation>Eingebaute Regeln laden</translation>
    </message>
</context>
<context>
    <name>ShelfPage</name>
    <message>
        <source>Shelved alerts</source>
        <translation>Zurückgestellte Alarme</translation>
    </message>
    <message>
        <source>Standing alerts</source>
        <translation>Daueralarme</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>any</source>
        <translation>jeder</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Firing</source>
        <translation>Feuernd</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Ends in</source>
        <translation>Endet in</translation>
    </message>
    <message>
        <source>when clear, or %1</source>
        <translation>wenn ruhig, oder %1</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Zurückstellen …</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Standing for more than a day</source>
        <translation>Länger als einen Tag</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lese …</translation>
    </message>
    <message>
        <source>Nothing is shelved: every alert is told.</source>
        <translation>Nichts ist zurückgestellt: Jeder Alarm wird gemeldet.</translation>
    </message>
    <message>
        <source>These fire into no incident and nobody is told.</source>
        <translation>Diese feuern in keinen Vorfall, und niemand erfährt es.</translation>
    </message>
    <message>
        <source>No alert fires for more than a day.</source>
        <translation>Kein Alarm feuert länger als einen Tag.</translation>
    </message>
    <message>
        <source>They belong to no incident any more. Repair, or shelve, or change the rule.</source>
        <translation>Sie gehören zu keinem Vorfall mehr. Reparieren, zurückstellen oder die Regel ändern.</translation>
    </message>
    <message>
        <source>Shelve %1 of %2</source>
        <translation>%1 von %2 zurückstellen</translation>
    </message>
    <message>
        <source>It is not told and opens no incident until then. It stays in the list of what is shelved.</source>
        <translation>Bis dahin wird es nicht gemeldet und öffnet keinen Vorfall. Es bleibt in der Liste des Zurückgestellten.</translation>
    </message>
    <message>
        <source>for 15 min</source>
        <translation>für 15 min</translation>
    </message>
    <message>
        <source>for 1 h</source>
        <translation>für 1 h</translation>
    </message>
    <message>
        <source>for 4 h</source>
        <translation>für 4 h</translation>
    </message>
    <message>
        <source>the longest</source>
        <translation>das Längste</translation>
    </message>
    <message>
        <source>until it clears</source>
        <translation>bis es ruhig ist</translation>
    </message>
    <message>
        <source>4 h at most</source>
        <translation>höchstens 4 h</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>Zurückstellen</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>1 … 8</source>
        <translation>1 … 8</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>/</source>
        <translation>/</translation>
    </message>
    <message>
        <source>Filter of the view</source>
        <translation>Filter der Ansicht</translation>
    </message>
    <message>
        <source>J, K</source>
        <translation>J, K</translation>
    </message>
    <message>
        <source>Row down, up</source>
        <translation>Zeile nach unten, oben</translation>
    </message>
    <message>
        <source>Open, back</source>
        <translation>Öffnen, zurück</translation>
    </message>
    <message>
        <source>P</source>
        <translation>P</translation>
    </message>
    <message>
        <source>Pause and resume the picture; collecting goes on</source>
        <translation>Bild anhalten und fortsetzen; gesammelt wird weiter</translation>
    </message>
    <message>
        <source>O</source>
        <translation>O</translation>
    </message>
    <message>
        <source>Only abnormal</source>
        <translation>Nur Auffälliges</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Sort now; rows never move by themselves</source>
        <translation>Jetzt sortieren; Zeilen wandern nie von selbst</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>The time range before (never undoes an action)</source>
        <translation>Die Zeitspanne davor (macht nie einen Eingriff rückgängig)</translation>
    </message>
    <message>
        <source>Drag, Ctrl+wheel</source>
        <translation>Ziehen, Strg+Rad</translation>
    </message>
    <message>
        <source>Zoom a chart; double click goes back</source>
        <translation>Ein Diagramm zoomen; Doppelklick geht zurück</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Pin the crosshair: A, then B with the difference</source>
        <translation>Fadenkreuz setzen: A, dann B mit der Differenz</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>Mark a span: mean, largest, percentile; baseline, note</source>
        <translation>Spanne markieren: Mittel, Größtes, Perzentil; Vergleich, Notiz</translation>
    </message>
    <message>
        <source>← →, Space</source>
        <translation>← →, Leertaste</translation>
    </message>
    <message>
        <source>In a chart: step, pin; Shift ten steps, Ctrl the next event, ↑ ↓ the next lane</source>
        <translation>Im Diagramm: Schritt, setzen; Umschalt zehn Schritte, Strg nächstes Ereignis, ↑ ↓ nächste Spur</translation>
    </message>
    <message>
        <source>V, Alt+T</source>
        <translation>V, Alt+T</translation>
    </message>
    <message>
        <source>In a chart: alone, as a table</source>
        <translation>Im Diagramm: allein, als Tabelle</translation>
    </message>
    <message>
        <source>T then Z ← → L</source>
        <translation>T, dann Z ← → L</translation>
    </message>
    <message>
        <source>Time: twice as long, earlier, later, live</source>
        <translation>Zeit: doppelt so lang, früher, später, live</translation>
    </message>
    <message>
        <source>T then C, V</source>
        <translation>T, dann C, V</translation>
    </message>
    <message>
        <source>Copy and paste the time range, as Grafana does</source>
        <translation>Zeitspanne kopieren und einfügen, wie Grafana es tut</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Strg+Umschalt+S</translation>
    </message>
    <message>
        <source>Save a picture of the page, PNG or SVG</source>
        <translation>Bild der Seite speichern, PNG oder SVG</translation>
    </message>
    <message>
        <source>I</source>
        <translation>I</translation>
    </message>
    <message>
        <source>Next open incident</source>
        <translation>Nächster offener Vorfall</translation>
    </message>
    <message>
        <source>F4</source>
        <translation>F4</translation>
    </message>
    <message>
        <source>Show or hide “Act here”</source>
        <translation>„Hier eingreifen“ zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Read again now</source>
        <translation>Jetzt neu lesen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Confirm in a dialog; Enter alone never does</source>
        <translation>In einem Dialog bestätigen; Eingabe allein tut es nie</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close, unpin, clear the filter – in this order</source>
        <translation>Schließen, Marken lösen, Filter leeren – in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>No single key changes production.</source>
        <translation>Keine einzelne Taste ändert etwas in der Produktion.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A, N</source>
        <translation>A, N</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Strg+Umschalt+H</translation>
    </message>
    <message>
        <source>Handover of the shift</source>
        <translation>Übergabe der Schicht</translation>
    </message>
    <message>
        <source>Space, ← →, Ctrl+← →</source>
        <translation>Leertaste, ← →, Strg+← →</translation>
    </message>
    <message>
        <source>In a replay: play, 5 s, event; Esc leaves</source>
        <translation>In einer Wiedergabe: abspielen, 5 s, Ereignis; Esc verlässt sie</translation>
    </message>
    <message>
        <source>Ctrl+K, Ctrl+Shift+P</source>
        <translation>Strg+K, Strg+Umschalt+P</translation>
    </message>
    <message>
        <source>Go to a service, control, incident, view, time or link; Ctrl+Enter in the second window</source>
        <translation>Zu Dienst, Steuerung, Vorfall, Ansicht, Zeit oder Link; Strg+Eingabe im zweiten Fenster</translation>
    </message>
    <message>
        <source>Enter, Backspace, Alt+←</source>
        <translation>Eingabe, Rücktaste, Alt+←</translation>
    </message>
    <message>
        <source>F6, Shift+F6</source>
        <translation>F6, Umschalt+F6</translation>
    </message>
    <message>
        <source>Next and previous region of the window</source>
        <translation>Nächster und voriger Bereich des Fensters</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Strg+Umschalt+N</translation>
    </message>
    <message>
        <source>This view in the second window, with the same time and crosshair</source>
        <translation>Diese Ansicht im zweiten Fenster, mit gleicher Zeit und gleichem Fadenkreuz</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Marker with a note at the crosshair</source>
        <translation>Marke mit Notiz am Fadenkreuz</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>To the controls of this service; executes nothing</source>
        <translation>Zur Steuerung dieses Dienstes; führt nichts aus</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Strg+Umschalt+R</translation>
    </message>
    <message>
        <source>Revert my newest hold; asks first</source>
        <translation>Meinen neuesten Eingriff zurücknehmen; fragt erst</translation>
    </message>
    <message>
        <source>F5, D then R</source>
        <translation>F5, D dann R</translation>
    </message>
    <message>
        <source>F11, D then K</source>
        <translation>F11, D dann K</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Settings; single keys can be switched off there</source>
        <translation>Einstellungen; einzelne Tasten lassen sich dort ausschalten</translation>
    </message>
    <message>
        <source>Find a key or what it does</source>
        <translation>Eine Taste suchen oder was sie tut</translation>
    </message>
    <message>
        <source>Find a key</source>
        <translation>Taste suchen</translation>
    </message>
    <message>
        <source>Incident, also in the strip: acknowledge, note</source>
        <translation>Vorfall, auch in der Leiste: bestätigen, Notiz</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>On the health page: copy the diagnosis</source>
        <translation>Auf der Seite Zustand: Diagnose kopieren</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Act here</source>
        <translation>Hier eingreifen</translation>
    </message>
</context>
<context>
    <name>StateLanes</name>
    <message>
        <source>Breakers and flags</source>
        <translation>Breaker und Flags</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>no data in this span</source>
        <translation>keine Daten in dieser Spanne</translation>
    </message>
</context>
<context>
    <name>StatusCells</name>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>Prometheus API %1</source>
        <translation>Prometheus-API %1</translation>
    </message>
    <message>
        <source>Collecting · %1/%2 up</source>
        <translation>Sammelt · %1/%2 da</translation>
    </message>
    <message>
        <source>Not collecting since %1</source>
        <translation>Keine Daten seit %1</translation>
    </message>
    <message>
        <source> · %1 down</source>
        <translation> · %1 weg</translation>
    </message>
    <message>
        <source> · you may be offline</source>
        <translation> · womöglich offline</translation>
    </message>
    <message>
        <source>Last scrape %1 ago, every %2</source>
        <translation>Letzte Abfrage vor %1, alle %2</translation>
    </message>
    <message>
        <source>rules %1 late</source>
        <translation>Regeln %1 zu spät</translation>
    </message>
    <message>
        <source>rules %1 ago</source>
        <translation>Regeln vor %1</translation>
    </message>
    <message>
        <source> · %1 failing</source>
        <translation> · %1 fehlerhaft</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 Regel</translation>
    </message>
    <message>
        <source>%1 rules</source>
        <translation>%1 Regeln</translation>
    </message>
    <message>
        <source>store %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source> · cannot write: %1</source>
        <translation> · kann nicht schreiben: %1</translation>
    </message>
    <message>
        <source> · 1 batch refused</source>
        <translation> · 1 Stapel abgelehnt</translation>
    </message>
    <message>
        <source> · %1 batches refused</source>
        <translation> · %1 Stapel abgelehnt</translation>
    </message>
    <message>
        <source>%1 – %2 series</source>
        <translation>%1 – %2 Reihen</translation>
    </message>
    <message>
        <source>Controls: none</source>
        <translation>Steuerung: keine</translation>
    </message>
    <message>
        <source>Controls: not armed</source>
        <translation>Steuerung: gesichert</translation>
    </message>
    <message>
        <source>Controls: armed</source>
        <translation>Steuerung: scharf</translation>
    </message>
    <message>
        <source>Controls: unknown</source>
        <translation>Steuerung: unbekannt</translation>
    </message>
    <message>
        <source>The engine is not reachable; when it was last seen:</source>
        <translation>Die Engine ist nicht erreichbar; zuletzt gesehen:</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>API %1:%2</source>
        <translation>API %1:%2</translation>
    </message>
    <message>
        <source>Prometheus API for Grafana, curl, promtool: %1
A click copies it.</source>
        <translation>Prometheus-API für Grafana, curl, promtool: %1
Ein Klick kopiert sie.</translation>
    </message>
    <message>
        <source>Holdfast %1</source>
        <translation>Holdfast %1</translation>
    </message>
    <message>
        <source>window stalled %1×   %2</source>
        <translation>Fenster hing %1×   %2</translation>
    </message>
    <message>
        <source>This window did not react for more than %1 ms, %2 times; the longest was %3 ms.</source>
        <translation>Dieses Fenster reagierte %2-mal länger als %1 ms nicht; am längsten %3 ms.</translation>
    </message>
    <message>
        <source>repaint 1/s</source>
        <translation>Zeichnen 1/s</translation>
    </message>
    <message>
        <source>half the points</source>
        <translation>halb so viele Punkte</translation>
    </message>
    <message>
        <source>tier 3 every 2nd scrape</source>
        <translation>Stufe 3 jede 2. Abfrage</translation>
    </message>
    <message>
        <source>Overload: %1</source>
        <translation>Überlast: %1</translation>
    </message>
    <message>
        <source>%1
Actions, their audit and reverts are never left out.</source>
        <translation>%1
Eingriffe, ihr Protokoll und Rücknahmen werden nie ausgelassen.</translation>
    </message>
    <message>
        <source>Holdfast&apos;s own health</source>
        <translation>Holdfasts eigener Zustand</translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>Warnung: %1</translation>
    </message>
    <message>
        <source>%1. Alerts and incidents come that much later; the health page names the slowest group.</source>
        <translation>%1. Alarme und Vorfälle kommen um so viel später; die Zustandsseite nennt die langsamste Gruppe.</translation>
    </message>
    <message>
        <source> · disk nearly full</source>
        <translation> · Datenträger fast voll</translation>
    </message>
    <message>
        <source>Samples have the engine&apos;s time, so curves are right; what a target stamps itself, and its logs, are not.</source>
        <translation>Messwerte tragen die Zeit der Engine, die Kurven stimmen also; was ein Ziel selbst stempelt und seine Logs nicht.</translation>
    </message>
    <message>
        <source>clocks agree</source>
        <translation>Uhren stimmen überein</translation>
    </message>
    <message>
        <source>%1 targets tell their time: none is 2 s off.</source>
        <translation>%1 Ziele nennen ihre Uhrzeit: keine weicht 2 s ab.</translation>
    </message>
    <message>
        <source>this clock is %1 slow</source>
        <translation>diese Uhr geht %1 nach</translation>
    </message>
    <message>
        <source>this clock is %1 fast</source>
        <translation>diese Uhr geht %1 vor</translation>
    </message>
    <message>
        <source>All %1 targets that tell their time differ from the engine&apos;s computer.</source>
        <translation>Alle %1 Ziele, die ihre Uhrzeit nennen, weichen vom Rechner der Engine ab.</translation>
    </message>
    <message>
        <source>%1 is %2 ahead</source>
        <translation>%1 geht %2 vor</translation>
    </message>
    <message>
        <source>%1 is %2 behind</source>
        <translation>%1 geht %2 nach</translation>
    </message>
    <message>
        <source>The clock of 1 target is off.</source>
        <translation>Die Uhr von 1 Ziel geht falsch.</translation>
    </message>
    <message>
        <source>The clocks of %1 targets are off.</source>
        <translation>Die Uhren von %1 Zielen gehen falsch.</translation>
    </message>
    <message>
        <source>Recording · nothing is collected</source>
        <translation>Aufzeichnung · nichts wird gesammelt</translation>
    </message>
    <message>
        <source>This engine replays a recording from %1 to %2.</source>
        <translation>Diese Engine spielt eine Aufzeichnung von %1 bis %2 ab.</translation>
    </message>
    <message>
        <source>LIVE: %1</source>
        <translation>LIVE: %1</translation>
    </message>
    <message>
        <source>Controls: locked</source>
        <translation>Steuerung: gesperrt</translation>
    </message>
</context>
<context>
    <name>TableDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 rows, newest first. Copied and saved numbers carry no unit and a point.</source>
        <translation>%1 Zeilen, neueste zuerst. Kopierte und gespeicherte Zahlen haben keine Einheit und einen Punkt.</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>Series with their labels and values</source>
        <translation>Reihen mit ihren Labels und Werten</translation>
    </message>
</context>
<context>
    <name>TargetsView</name>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Only abnormal</source>
        <translation>Nur Auffälliges</translation>
    </message>
    <message>
        <source>Scrape now</source>
        <translation>Jetzt abfragen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 von %2 da</translation>
    </message>
    <message>
        <source>%1
Its own words: %2
%3</source>
        <translation>%1
Im Wortlaut: %2
%3</translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>Scrape asked for; the row shows its outcome.</source>
        <translation>Abfrage angefordert; die Zeile zeigt, was herauskam.</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>What is shown, as tab-separated text</source>
        <translation>Was zu sehen ist, als Text mit Tabulatoren</translation>
    </message>
    <message>
        <source>Add target…</source>
        <translation>Ziel hinzufügen …</translation>
    </message>
    <message>
        <source>Open raw text</source>
        <translation>Rohtext öffnen</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Nochmals fragen</translation>
    </message>
    <message>
        <source>The engine was asked which endpoints it reads.</source>
        <translation>Die Engine wurde gefragt, welche Endpunkte sie liest.</translation>
    </message>
    <message>
        <source>Add the address of a service&apos;s metrics; or start the engine with a prometheus.yml: holdfast serve --config my.yml</source>
        <translation>Die Adresse der Metriken eines Dienstes hinzufügen; oder die Engine mit einer prometheus.yml starten: holdfast serve --config my.yml</translation>
    </message>
    <message>
        <source>All %1 targets are up</source>
        <translation>Alle %1 Ziele sind erreichbar</translation>
    </message>
    <message>
        <source>No target matches “%1”</source>
        <translation>Kein Ziel passt zu „%1“</translation>
    </message>
    <message>
        <source>%1 targets are hidden by the filter. Esc shows them, too.</source>
        <translation>%1 Ziele verbirgt der Filter. Auch Esc zeigt sie.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>%1 is live</source>
        <translation>%1 ist live</translation>
    </message>
    <message>
        <source>Disable until…</source>
        <translation>Aussetzen bis …</translation>
    </message>
    <message>
        <source>1 row would move up – sort now</source>
        <translation>1 Zeile käme nach oben – jetzt sortieren</translation>
    </message>
    <message>
        <source>%1 rows would move up – sort now</source>
        <translation>%1 Zeilen kämen nach oben – jetzt sortieren</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Wieder abfragen</translation>
    </message>
    <message>
        <source>It is left alone for %1.</source>
        <translation>Es wird für %1 in Ruhe gelassen.</translation>
    </message>
    <message>
        <source>It is scraped again.</source>
        <translation>Es wird wieder abgefragt.</translation>
    </message>
    <message>
        <source>Filter by job, endpoint or label</source>
        <translation>Nach Job, Endpunkt oder Label filtern</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>Go to…</source>
        <translation>Gehe zu …</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Time of the engine</source>
        <translation>Zeit der Engine</translation>
    </message>
    <message>
        <source>Half a range earlier</source>
        <translation>Eine halbe Spanne früher</translation>
    </message>
    <message>
        <source>Half a range later</source>
        <translation>Eine halbe Spanne später</translation>
    </message>
    <message>
        <source>Twice the range</source>
        <translation>Doppelte Spanne</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>Dunkel oder hell</translation>
    </message>
    <message>
        <source>Show or hide “Act here” (F4)</source>
        <translation>„Hier eingreifen“ zeigen oder verbergen (F4)</translation>
    </message>
    <message>
        <source>Holdfast</source>
        <translation>Holdfast</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>local %1</source>
        <translation>lokal %1</translation>
    </message>
    <message>
        <source>Times are UTC. Click for those of this computer.</source>
        <translation>Zeiten sind UTC. Klick für die dieses Rechners.</translation>
    </message>
    <message>
        <source>Times are those of this computer. Click for UTC.</source>
        <translation>Zeiten sind die dieses Rechners. Klick für UTC.</translation>
    </message>
    <message>
        <source>ATTACHED, read only</source>
        <translation>FREMD, nur lesen</translation>
    </message>
    <message>
        <source>Environment %1</source>
        <translation>Umgebung %1</translation>
    </message>
    <message>
        <source>Environment of this engine: %1</source>
        <translation>Umgebung dieser Engine: %1</translation>
    </message>
    <message>
        <source>Time range: %1</source>
        <translation>Zeitspanne: %1</translation>
    </message>
    <message>
        <source>LIVE %1</source>
        <translation>LIVE %1</translation>
    </message>
    <message>
        <source>HELD · +%1 – go live</source>
        <translation>STEHT · +%1 – zu live</translation>
    </message>
    <message>
        <source>HELD – go live</source>
        <translation>STEHT – zu live</translation>
    </message>
    <message>
        <source>NOT LIVE</source>
        <translation>NICHT LIVE</translation>
    </message>
    <message>
        <source>The right edge follows now, or back to it</source>
        <translation>Der rechte Rand folgt dem Jetzt, oder zurück dorthin</translation>
    </message>
    <message>
        <source>PAUSED %1 · %2 new</source>
        <translation>PAUSE %1 · %2 neu</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>TimeCursor</name>
    <message>
        <source>Last %1</source>
        <translation>Letzte %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Effect: no clear change …</source>
        <translation>Wirkung: keine klare Änderung …</translation>
    </message>
    <message>
        <source>Effect: %1 …</source>
        <translation>Wirkung: %1 …</translation>
    </message>
</context>
<context>
    <name>TimelineList</name>
    <message>
        <source>Timeline of the incident</source>
        <translation>Zeitleiste des Vorfalls</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>Happened %1, known %2</source>
        <translation>Geschehen %1, bekannt %2</translation>
    </message>
</context>
<context>
    <name>TrainingView</name>
    <message>
        <source>Practices</source>
        <translation>Praktiken</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Nine practices of systems that keep working, each with its proof</source>
        <translation>Neun Praktiken von Systemen, die weiterlaufen, jede mit ihrem Beweis</translation>
    </message>
    <message>
        <source>Run it now</source>
        <translation>Jetzt laufen lassen</translation>
    </message>
    <message>
        <source>How far the experiment is</source>
        <translation>Wie weit das Experiment ist</translation>
    </message>
    <message>
        <source>In Holdfast itself</source>
        <translation>In Holdfast selbst</translation>
    </message>
    <message>
        <source>Seen and steered</source>
        <translation>Zu sehen und zu steuern</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Show the recorded run</source>
        <translation>Aufgezeichneten Lauf zeigen</translation>
    </message>
    <message>
        <source>Show the run of this computer</source>
        <translation>Lauf dieses Rechners zeigen</translation>
    </message>
    <message>
        <source>No results are recorded with this program.</source>
        <translation>Zu diesem Programm sind keine Ergebnisse aufgezeichnet.</translation>
    </message>
    <message>
        <source>Run the experiment to see them.</source>
        <translation>Das Experiment laufen lassen, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Measured on this computer on %1, seed %2; in %3</source>
        <translation>Auf diesem Rechner gemessen am %1, Seed %2; in %3</translation>
    </message>
    <message>
        <source>Recorded on %1, seed %2, on a shared two-core virtual machine</source>
        <translation>Aufgezeichnet am %1, Seed %2, auf einer geteilten virtuellen Maschine mit zwei Kernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>starting the shop…</source>
        <translation>der Laden startet …</translation>
    </message>
    <message>
        <source>“%1” is running; one at a time</source>
        <translation>„%1“ läuft; eins nach dem anderen</translation>
    </message>
    <message>
        <source>about 40 s, on a shop of its own</source>
        <translation>etwa 40 s, in einem eigenen Laden</translation>
    </message>
    <message>
        <source>done; below is what this computer measured</source>
        <translation>fertig; unten steht, was dieser Rechner gemessen hat</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Holdfast</source>
        <translation>Holdfast</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Snooze 10 min</source>
        <translation>10 min Ruhe</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Holdfast: not collecting</source>
        <translation>Holdfast: sammelt nicht</translation>
    </message>
    <message>
        <source>INC-%1 %2</source>
        <translation>INC-%1 %2</translation>
    </message>
    <message>
        <source>Holdfast: no open incident</source>
        <translation>Holdfast: kein offener Vorfall</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 – sends in %2 s</source>
        <translation>%1 – sendet in %2 s</translation>
    </message>
    <message>
        <source>Reason, if there is time (Enter sends now)</source>
        <translation>Grund, wenn Zeit ist (Eingabe sendet jetzt)</translation>
    </message>
    <message>
        <source>Down: the last reasons. It stands in the audit; without one the audit says that none was given.</source>
        <translation>Pfeil nach unten: die letzten Gründe. Er steht im Audit; ohne ihn steht dort, dass keiner angegeben wurde.</translation>
    </message>
    <message>
        <source>sends in %1 s</source>
        <translation>sendet in %1 s</translation>
    </message>
    <message>
        <source>Taken back, nothing was sent: %1</source>
        <translation>Zurückgenommen, nichts wurde gesendet: %1</translation>
    </message>
</context>
<context>
    <name>ValueBox</name>
    <message>
        <source>New value of %1</source>
        <translation>Neuer Wert von %1</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Neuer Wert</translation>
    </message>
</context>
<context>
    <name>WindowCore</name>
    <message>
        <source>attached to a remote engine – reading only</source>
        <translation>angehängt an eine entfernte Engine – nur lesend</translation>
    </message>
</context>
<context>
    <name>WindowTitle</name>
    <message>
        <source>▨ not collecting – %1</source>
        <translation>▨ sammelt nicht – %1</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>INC-%1 ± 15 min: %2</source>
        <translation>INC-%1 ± 15 min: %2</translation>
    </message>
    <message>
        <source>This shift: since %1</source>
        <translation>Diese Schicht: seit %1</translation>
    </message>
    <message>
        <source>Since the deploy of %1, %2 ago: %3</source>
        <translation>Seit dem Deploy von %1 vor %2: %3</translation>
    </message>
</context>
<context>
    <name>holdfast::widgets</name>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>ON</source>
        <translation>AN</translation>
    </message>
    <message>
        <source>HALF-OPEN</source>
        <translation>HALB OFFEN</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>OFFEN</translation>
    </message>
    <message>
        <source>FORCED ON</source>
        <translation>ERZWUNGEN AN</translation>
    </message>
    <message>
        <source>FORCED OPEN</source>
        <translation>ERZWUNGEN OFFEN</translation>
    </message>
    <message>
        <source>FORCED OFF</source>
        <translation>ERZWUNGEN AUS</translation>
    </message>
    <message>
        <source>FORCED CLOSED</source>
        <translation>ERZWUNGEN ZU</translation>
    </message>
    <message>
        <source>BYPASSED</source>
        <translation>UMGANGEN</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>never read</source>
        <translation>nie gelesen</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Caller → callee</source>
        <translation>Aufrufer → Ziel</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Eingriff</translation>
    </message>
    <message>
        <source>Service: flag</source>
        <translation>Dienst: Flag</translation>
    </message>
    <message>
        <source>What users notice</source>
        <translation>Was Nutzer merken</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source> · %1 drifted</source>
        <translation> · %1 abgewichen</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>Überwacht von</translation>
    </message>
    <message>
        <source>the service</source>
        <translation>dem Dienst</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesem Rechner</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>RELEASED</source>
        <translation>FREIGEGEBEN</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neuester</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Kleinster</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Größter</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>%1 could not be written to its end</source>
        <translation>%1 ließ sich nicht vollständig schreiben</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV-Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>TSV table (*.tsv)</source>
        <translation>TSV-Tabelle (*.tsv)</translation>
    </message>
    <message>
        <source>NEW</source>
        <translation>NEU</translation>
    </message>
    <message>
        <source>ACKED</source>
        <translation>QUITTIERT</translation>
    </message>
    <message>
        <source>ACKED by %1</source>
        <translation>QUITTIERT von %1</translation>
    </message>
    <message>
        <source>MITIGATED – %1 in force</source>
        <translation>ENTSCHÄRFT – %1 in Kraft</translation>
    </message>
    <message>
        <source>MITIGATED</source>
        <translation>ENTSCHÄRFT</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Ursprung</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Begann</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <source>firing</source>
        <translation>feuert</translation>
    </message>
    <message>
        <source>instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>not yet scraped</source>
        <translation>noch nicht abgefragt</translation>
    </message>
    <message>
        <source>DOWN</source>
        <translation>WEG</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>up</source>
        <translation>da</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Last scrape</source>
        <translation>Letzte Abfrage</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Brauchte</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>New series</source>
        <translation>Neue Reihen</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source> (disturbed: this computer was busy)</source>
        <translation> (gestört: dieser Rechner war beschäftigt)</translation>
    </message>
    <message>
        <source>while the fault lasts</source>
        <translation>solange der Fehler andauert</translation>
    </message>
    <message>
        <source>Goodput: %1 answered well within %2 ms</source>
        <translation>Nutzdurchsatz: %1 gut beantwortet innerhalb von %2 ms</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>not in this run</source>
        <translation>nicht in diesem Lauf</translation>
    </message>
    <message>
        <source>Design for failure</source>
        <translation>Für den Ausfall entwerfen</translation>
    </message>
    <message>
        <source>For every call it is decided and tested what happens when the callee is missing, late or wrong. What nobody decided is decided by the first bad night.</source>
        <translation>Für jeden Aufruf ist entschieden und getestet, was geschieht, wenn das Gegenüber fehlt, zu spät kommt oder Falsches sagt. Was niemand entschieden hat, entscheidet die erste schlechte Nacht.</translation>
    </message>
    <message>
        <source>Engine and window are two processes: when the window dies, scrapes, rules and reverts go on. A number that is absent is never shown as zero, an old one carries its age.</source>
        <translation>Engine und Fenster sind zwei Prozesse: Stirbt das Fenster, laufen Abfragen, Regeln und Rücknahmen weiter. Eine fehlende Zahl erscheint nie als Null, eine alte trägt ihr Alter.</translation>
    </message>
    <message>
        <source>Targets: what fails, since when, in its own words. Charts leave a gap where nothing was observed.</source>
        <translation>Ziele: was ausfällt, seit wann, im Wortlaut. Diagramme lassen eine Lücke, wo nichts beobachtet wurde.</translation>
    </message>
    <message>
        <source>Timeouts and deadlines</source>
        <translation>Timeouts und Fristen</translation>
    </message>
    <message>
        <source>Every call outside ends after a stated time, and what is left of that time travels along with it. Work for which nobody waits any longer is not done.</source>
        <translation>Jeder Aufruf nach außen endet nach einer genannten Zeit, und was davon übrig ist, reist mit. Arbeit, auf die niemand mehr wartet, wird nicht getan.</translation>
    </message>
    <message>
        <source>Each scrape, query and action has one deadline for all its steps. An action whose answer did not come is read back, never sent again.</source>
        <translation>Jede Abfrage und jeder Eingriff hat eine Frist für alle Schritte. Ein Eingriff, dessen Antwort ausblieb, wird zurückgelesen, nie erneut gesendet.</translation>
    </message>
    <message>
        <source>Targets: how long a scrape took. Controls: an outcome that could not be seen is called ambiguous.</source>
        <translation>Ziele: wie lange eine Abfrage brauchte. Steuerung: Ein Ausgang, der nicht zu sehen war, heißt ungewiss.</translation>
    </message>
    <message>
        <source>Retries in a budget</source>
        <translation>Wiederholungen mit Budget</translation>
    </message>
    <message>
        <source>A retry is made only when it is safe, later and at a random moment, and all retries together stay a small share of the calls. Otherwise they multiply the very load that made the first call fail.</source>
        <translation>Wiederholt wird nur, wenn es gefahrlos ist, später und zu einem zufälligen Moment, und alle Wiederholungen zusammen bleiben ein kleiner Teil der Aufrufe. Sonst vervielfachen sie genau die Last, an der der erste Aufruf scheiterte.</translation>
    </message>
    <message>
        <source>A scrape is repeated once, inside a budget all targets share. Changes on real systems are never repeated.</source>
        <translation>Eine Abfrage wird einmal wiederholt, in einem Budget, das alle Ziele teilen. Änderungen an echten Systemen werden nie wiederholt.</translation>
    </message>
    <message>
        <source>Service page: the lane of retries, attempts for each call.</source>
        <translation>Dienstseite: die Spur der Wiederholungen, Versuche je Aufruf.</translation>
    </message>
    <message>
        <source>Circuit breakers</source>
        <translation>Circuit Breaker</translation>
    </message>
    <message>
        <source>After too many failures or slow answers a caller stops asking for a while, then tries with a few probes. Its threads stay free for what still works.</source>
        <translation>Nach zu vielen Fehlern oder langsamen Antworten hört ein Aufrufer eine Weile auf zu fragen und probiert es dann mit wenigen Anfragen. Seine Threads bleiben frei für das, was noch geht.</translation>
    </message>
    <message>
        <source>Every scrape target and every control endpoint has a breaker of its own.</source>
        <translation>Jedes abgefragte Ziel und jeder Steuerungsendpunkt hat einen eigenen Breaker.</translation>
    </message>
    <message>
        <source>Controls, and the panel on the right: open, close, disable or release breakers of your services, with a reason and an end. Their states are lanes on the service page.</source>
        <translation>Steuerung und die Leiste rechts: Breaker der Dienste öffnen, schließen, umgehen oder freigeben, mit Grund und Ende. Ihre Zustände sind Spuren auf der Dienstseite.</translation>
    </message>
    <message>
        <source>Decoupling</source>
        <translation>Entkopplung</translation>
    </message>
    <message>
        <source>What need not be answered now is handed over through a queue and done later. The caller does not feel that the receiver is slow.</source>
        <translation>Was nicht sofort beantwortet werden muss, geht durch eine Warteschlange und wird später getan. Der Aufrufer merkt nicht, dass der Empfänger langsam ist.</translation>
    </message>
    <message>
        <source>Scraping hands immutable batches to one writer; readers wait for its commit notice. No thread of the window waits for the engine.</source>
        <translation>Das Sammeln übergibt unveränderliche Stapel an einen Schreiber; Leser warten auf dessen Commit-Meldung. Kein Thread des Fensters wartet auf die Engine.</translation>
    </message>
    <message>
        <source>Map: who calls whom, with the breaker on each edge.</source>
        <translation>Karte: wer wen aufruft, mit dem Breaker an jeder Kante.</translation>
    </message>
    <message>
        <source>Bounded queues</source>
        <translation>Begrenzte Warteschlangen</translation>
    </message>
    <message>
        <source>A queue absorbs a short spike; one without a bound only turns overload into waiting, until every answer is too late. A bounded one refuses early, by age, and says when to come back.</source>
        <translation>Eine Warteschlange fängt eine kurze Spitze ab; eine ohne Grenze macht aus Überlast nur Warten, bis jede Antwort zu spät kommt. Eine begrenzte lehnt früh ab, nach Alter, und sagt, wann es sich lohnt wiederzukommen.</translation>
    </message>
    <message>
        <source>Every queue of the engine has a bound and a written answer to “full?”. A refused batch is counted and leaves a visible gap; audit records are never refused.</source>
        <translation>Jede Warteschlange der Engine hat eine Grenze und eine festgehaltene Antwort auf „voll?“. Ein abgelehnter Stapel wird gezählt und hinterlässt eine sichtbare Lücke; Audit-Einträge werden nie abgelehnt.</translation>
    </message>
    <message>
        <source>Service page: the lane of its queues.</source>
        <translation>Dienstseite: die Spur seiner Warteschlangen.</translation>
    </message>
    <message>
        <source>Few, meaningful metrics</source>
        <translation>Wenige, aussagekräftige Metriken</translation>
    </message>
    <message>
        <source>Errors, latency, throughput and saturation of each service tell in seconds that users suffer, and where. Means and processor load often tell nothing at all.</source>
        <translation>Fehler, Latenz, Durchsatz und Auslastung jedes Dienstes sagen in Sekunden, dass Nutzer leiden und wo. Mittelwerte und Prozessorlast sagen oft gar nichts.</translation>
    </message>
    <message>
        <source>The fleet is one table of these four; every alert and incident is made of them.</source>
        <translation>Die Flotte ist eine Tabelle dieser vier; jeder Alarm und jeder Vorfall besteht aus ihnen.</translation>
    </message>
    <message>
        <source>Fleet: a row a service, sorted when you say so (S). Incidents: which signal came first.</source>
        <translation>Flotte: eine Zeile je Dienst, sortiert erst auf Befehl (S). Vorfälle: welches Signal zuerst kam.</translation>
    </message>
    <message>
        <source>Buffer capacity</source>
        <translation>Puffer vorhalten</translation>
    </message>
    <message>
        <source>What the scarcest of processor, memory, connections, threads and queues has left decides whether the next spike is survived. It is known beforehand, with a forecast of when it is gone.</source>
        <translation>Was vom Knappsten – Prozessor, Speicher, Verbindungen, Threads, Warteschlangen – übrig ist, entscheidet, ob die nächste Spitze überstanden wird. Man weiß es vorher, mit einer Prognose, wann es aufgebraucht ist.</translation>
    </message>
    <message>
        <source>The engine compares its queues, evaluation, scrapes and processor with what they can bear, and gives up comfort before they are full.</source>
        <translation>Die Engine vergleicht ihre Warteschlangen, Auswertung, Abfragen und den Prozessor mit dem, was sie tragen, und gibt Komfort auf, bevor sie voll sind.</translation>
    </message>
    <message>
        <source>Fleet: the headroom column names the limiting resource. Service page: minutes to saturation.</source>
        <translation>Flotte: Die Spalte Reserve nennt das knappste Mittel. Dienstseite: Minuten bis zur Sättigung.</translation>
    </message>
    <message>
        <source>Graceful degradation</source>
        <translation>Geordneter Rückzug</translation>
    </message>
    <message>
        <source>Under pressure the less important parts go first, so that the important ones stay. It happens by flag, by a person or by itself, and it says so.</source>
        <translation>Unter Druck geht zuerst das Unwichtigere, damit das Wichtige bleibt. Es geschieht per Flag, durch einen Menschen oder von selbst, und es sagt das auch.</translation>
    </message>
    <message>
        <source>Under overload the engine repaints less often, then widens the step, then scrapes the less important services more slowly; actions, audit and reverts never wait.</source>
        <translation>Bei Überlast lässt die Engine seltener zeichnen, dann gröber auflösen, dann die unwichtigeren Dienste langsamer abfragen; Eingriffe, Audit und Rücknahmen warten nie.</translation>
    </message>
    <message>
        <source>Controls: switch degradation flags of your services, for a limited time.</source>
        <translation>Steuerung: Flags zum Zurückschalten der Dienste, auf begrenzte Zeit.</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Steuerung</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>improved</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>better here, worse there</source>
        <translation>hier besser, dort schlechter</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>keine klare Änderung</translation>
    </message>
    <message>
        <source>too early to say</source>
        <translation>zu früh für ein Urteil</translation>
    </message>
    <message>
        <source>confounded</source>
        <translation>überlagert</translation>
    </message>
    <message>
        <source>maybe unrelated</source>
        <translation>vielleicht ohne Zusammenhang</translation>
    </message>
    <message>
        <source>flapping ×%1</source>
        <translation>flattert ×%1</translation>
    </message>
    <message>
        <source>explained by its target being down</source>
        <translation>erklärt durch das ausgefallene Ziel</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>zurückgestellt</translation>
    </message>
    <message>
        <source>standing for more than a day</source>
        <translation>länger als einen Tag</translation>
    </message>
    <message>
        <source>Belongs</source>
        <translation>Gehört dazu</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Abtrennen</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Zurückstellen …</translation>
    </message>
    <message>
        <source>%1 FLOOD</source>
        <translation>%1 FLUT</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Sev</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>Before → wanted → after</source>
        <translation>Vorher → gewollt → nachher</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>not from here</source>
        <translation>nicht von hier</translation>
    </message>
    <message>
        <source>Set…</source>
        <translation>Setzen …</translation>
    </message>
    <message>
        <source>Failure rate / limit</source>
        <translation>Fehlerrate / Grenze</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Grundstellung</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>wie es war</translation>
    </message>
    <message>
        <source>the service decides</source>
        <translation>der Dienst entscheidet</translation>
    </message>
    <message>
        <source>Service: what</source>
        <translation>Dienst: was</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>= no clear change</source>
        <translation>= keine klare Änderung</translation>
    </message>
    <message>
        <source>… too early</source>
        <translation>… zu früh</translation>
    </message>
    <message>
        <source>Something else changed at the same time – the effect may not be yours</source>
        <translation>Zugleich hat sich anderes geändert – die Wirkung ist vielleicht nicht die eigene</translation>
    </message>
    <message>
        <source>Too early, or too little traffic, to tell</source>
        <translation>Zu früh oder zu wenig Verkehr für ein Urteil</translation>
    </message>
    <message>
        <source>Effect of %1 %2: %3</source>
        <translation>Wirkung von %1 %2: %3</translation>
    </message>
    <message>
        <source>SCHEDULED – %1</source>
        <translation>GEPLANT – %1</translation>
    </message>
    <message>
        <source>WAITING for a yes – %1</source>
        <translation>WARTET auf Zustimmung – %1</translation>
    </message>
    <message>
        <source>%1 (not from here)</source>
        <translation>%1 (nicht von hier)</translation>
    </message>
    <message>
        <source>nothing sent yet</source>
        <translation>noch nichts gesendet</translation>
    </message>
    <message>
        <source>%1/%2, %3 ago</source>
        <translation>%1/%2, vor %3</translation>
    </message>
    <message>
        <source>not known here</source>
        <translation>hier nicht bekannt</translation>
    </message>
    <message>
        <source>starts in %1</source>
        <translation>beginnt in %1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>wartet seit %1</translation>
    </message>
    <message>
        <source>calm for %1, at most %2</source>
        <translation>ruhig seit %1, höchstens %2</translation>
    </message>
    <message>
        <source>until it recovers, at most %1</source>
        <translation>bis zur Erholung, höchstens %1</translation>
    </message>
    <message>
        <source>Approve…</source>
        <translation>Zustimmen …</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>+15</source>
        <translation>+15</translation>
    </message>
    <message>
        <source>Re-apply</source>
        <translation>Erneut anwenden</translation>
    </message>
    <message>
        <source>Release…</source>
        <translation>Freigeben …</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>WAITING for a second person to agree</source>
        <translation>WARTET auf die Zustimmung einer zweiten Person</translation>
    </message>
    <message>
        <source>SCHEDULED for %1</source>
        <translation>GEPLANT für %1</translation>
    </message>
    <message>
        <source>no such metric</source>
        <translation>keine solche Metrik</translation>
    </message>
    <message>
        <source> · %1 old</source>
        <translation> · %1 alt</translation>
    </message>
    <message>
        <source>inferred from breaker name `%1`</source>
        <translation>aus dem Breaker-Namen `%1` erschlossen</translation>
    </message>
    <message>
        <source>from depends_on in the configuration</source>
        <translation>aus depends_on in der Konfiguration</translation>
    </message>
    <message>
        <source>from the mesh&apos;s metrics</source>
        <translation>aus den Metriken des Mesh</translation>
    </message>
    <message>
        <source>from breaker metrics</source>
        <translation>aus Breaker-Metriken</translation>
    </message>
    <message>
        <source>not scraped: known only because it is called</source>
        <translation>nicht abgefragt: nur bekannt, weil es aufgerufen wird</translation>
    </message>
    <message>
        <source>%1 of %2 instances up</source>
        <translation>%1 von %2 Instanzen laufen</translation>
    </message>
    <message>
        <source> · tier %1</source>
        <translation> · Stufe %1</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>headroom</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>last 30 min</source>
        <translation>letzte 30 min</translation>
    </message>
    <message>
        <source>calls not measured</source>
        <translation>Aufrufe nicht gemessen</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>errors not measured</source>
        <translation>Fehler nicht gemessen</translation>
    </message>
    <message>
        <source>errors there</source>
        <translation>Fehler dort</translation>
    </message>
    <message>
        <source>p99 there</source>
        <translation>p99 dort</translation>
    </message>
    <message>
        <source>breaker closed, last 30 min</source>
        <translation>Breaker geschlossen, letzte 30 min</translation>
    </message>
    <message>
        <source>breaker %1, last 30 min</source>
        <translation>Breaker %1, letzte 30 min</translation>
    </message>
    <message>
        <source>p99 of %1</source>
        <translation>p99 von %1</translation>
    </message>
    <message>
        <source>Rate of %1</source>
        <translation>Rate von %1</translation>
    </message>
    <message>
        <source>not drawn</source>
        <translation>nicht gezeichnet</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>At cursor</source>
        <translation>Am Fadenkreuz</translation>
    </message>
    <message>
        <source>metrics of no convention that Holdfast knows</source>
        <translation>Metriken ohne eine Konvention, die Holdfast kennt</translation>
    </message>
    <message>
        <source>1 service</source>
        <translation>1 Dienst</translation>
    </message>
    <message>
        <source>%1 services</source>
        <translation>%1 Dienste</translation>
    </message>
    <message>
        <source>1 breaker</source>
        <translation>1 Breaker</translation>
    </message>
    <message>
        <source>%1 breakers</source>
        <translation>%1 Breaker</translation>
    </message>
    <message>
        <source>Found: %1 · %2 samples in %3</source>
        <translation>Gefunden: %1 · %2 Werte in %3</translation>
    </message>
    <message>
        <source>The last %1 scrapes; a full bar is the timeout of %2</source>
        <translation>Die letzten %1 Abfragen; ein voller Balken ist die Frist von %2</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>%1; metrics still say %2</source>
        <translation>%1; Metriken sagen noch %2</translation>
    </message>
    <message>
        <source>Read from the service itself; its metrics say the same.</source>
        <translation>Vom Dienst selbst gelesen; seine Metriken sagen dasselbe.</translation>
    </message>
    <message>
        <source>Known from one side only, or not lately: from the service itself or from its metrics.</source>
        <translation>Nur von einer Seite bekannt, oder nicht neu: vom Dienst selbst oder aus seinen Metriken.</translation>
    </message>
    <message>
        <source>The service itself says %1. Its metrics still say %2: they follow with the next scrape. If they do not, believe neither: look at the instances.</source>
        <translation>Der Dienst selbst sagt %1. Seine Metriken sagen noch %2: Sie folgen mit der nächsten Abfrage. Wenn nicht, keinem von beiden glauben: die Instanzen ansehen.</translation>
    </message>
    <message>
        <source>Degradation – gives something up so that the rest holds</source>
        <translation>Einschränkung – gibt etwas auf, damit der Rest hält</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Other flags</source>
        <translation>Andere Schalter</translation>
    </message>
    <message>
        <source>Limits and values</source>
        <translation>Grenzen und Werte</translation>
    </message>
    <message>
        <source>Fault injection – breaks something on purpose, for exercises</source>
        <translation>Fehlereinspeisung – stört etwas mit Absicht, zum Üben</translation>
    </message>
    <message>
        <source>its metrics agree</source>
        <translation>seine Metriken stimmen zu</translation>
    </message>
    <message>
        <source>but its metrics say otherwise</source>
        <translation>aber seine Metriken sagen etwas anderes</translation>
    </message>
    <message>
        <source>its metrics say nothing of it</source>
        <translation>seine Metriken sagen nichts darüber</translation>
    </message>
    <message>
        <source>its metrics follow with the next scrape</source>
        <translation>seine Metriken folgen mit der nächsten Abfrage</translation>
    </message>
    <message>
        <source>FIRING</source>
        <translation>AUSGELÖST</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>schwebend</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>still</translation>
    </message>
    <message>
        <source>cannot be evaluated</source>
        <translation>nicht auswertbar</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>attached to a Prometheus – reading only</source>
        <translation>angehängt an einen Prometheus – nur lesend</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>No pool, thread or file descriptor metric with its ceiling was found in %1.</source>
        <translation>In %1 wurde keine Metrik für Pool, Threads oder Dateideskriptoren mit ihrer Obergrenze gefunden.</translation>
    </message>
    <message>
        <source>No request counter that Holdfast knows was found in %1.</source>
        <translation>In %1 wurde kein Anfragezähler gefunden, den Holdfast kennt.</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Latency heatmap</source>
        <translation>Latenz-Heatmap</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>No latency histogram found in %1.</source>
        <translation>In %1 wurde kein Latenz-Histogramm gefunden.</translation>
    </message>
    <message>
        <source>Instances up</source>
        <translation>Instanzen oben</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>%1: %2 became %3</source>
        <translation>%1: %2 wurde %3</translation>
    </message>
    <message>
        <source>Found as   %1</source>
        <translation>Gefunden als   %1</translation>
    </message>
    <message>
        <source>Relabelling added   %1</source>
        <translation>Umbenennung fügte hinzu   %1</translation>
    </message>
    <message>
        <source>Relabelling changed   %1</source>
        <translation>Umbenennung änderte   %1</translation>
    </message>
    <message>
        <source>Relabelling took away   %1</source>
        <translation>Umbenennung entfernte   %1</translation>
    </message>
    <message>
        <source>disabled %1</source>
        <translation>ausgesetzt %1</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>im Takt</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 voraus</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 zurück</translation>
    </message>
    <message>
        <source>by %1: %2</source>
        <translation>von %1: %2</translation>
    </message>
    <message>
        <source>Its clock beside the engine&apos;s, by the Date header of its answers: true to a second. Samples carry the engine&apos;s time and are not touched by it.</source>
        <translation>Seine Uhr neben der der Engine, nach der Kopfzeile Date seiner Antworten: auf eine Sekunde genau. Messwerte tragen die Zeit der Engine und bleiben davon unberührt.</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>1 signal</source>
        <translation>1 Signal</translation>
    </message>
    <message>
        <source>%1 signals</source>
        <translation>%1 Signale</translation>
    </message>
    <message>
        <source>origin %1?</source>
        <translation>Ursprung %1?</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>nicht bestätigt</translation>
    </message>
    <message>
        <source>Incident %1, %2, %3, %4</source>
        <translation>Vorfall %1, %2, %3, %4</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>Attached to Prometheus at %1 – reading only; what it watches itself is under Alerts.</source>
        <translation>Angehängt an Prometheus unter %1 – nur lesend; was er selbst überwacht, steht unter Alarme.</translation>
    </message>
    <message>
        <source>Reading incidents…</source>
        <translation>Vorfälle werden gelesen …</translation>
    </message>
    <message>
        <source>Incidents are not known without the engine</source>
        <translation>Ohne Engine sind keine Vorfälle bekannt</translation>
    </message>
    <message>
        <source>No open incident was known at %1</source>
        <translation>Um %1 war kein offener Vorfall bekannt</translation>
    </message>
    <message>
        <source>No open incident · last closed %1 ago</source>
        <translation>Kein offener Vorfall · letzter vor %1 geschlossen</translation>
    </message>
    <message>
        <source>No open incident · %1 watched, last evaluated %2 ago</source>
        <translation>Kein offener Vorfall · %1 wachen, zuletzt ausgewertet vor %2</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 Regel</translation>
    </message>
    <message>
        <source>%1 rules</source>
        <translation>%1 Regeln</translation>
    </message>
    <message>
        <source>No open incident</source>
        <translation>Kein offener Vorfall</translation>
    </message>
    <message>
        <source>half-open</source>
        <translation>halb offen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>forced by hand</source>
        <translation>von Hand gestellt</translation>
    </message>
    <message>
        <source>not scraped</source>
        <translation>nicht abgefragt</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>headroom %1</source>
        <translation>Reserve %1</translation>
    </message>
    <message>
        <source>There is no query.</source>
        <translation>Es gibt keine Abfrage.</translation>
    </message>
    <message>
        <source>The query uses $step, which only a chart knows: write a duration such as 1m instead.</source>
        <translation>Die Abfrage benutzt $step, das nur ein Diagramm kennt: Schreiben Sie stattdessen eine Dauer wie 1m.</translation>
    </message>
    <message>
        <source>A name such as job:errors:rate1m is needed: letters, digits, _ and :</source>
        <translation>Ein Name wie job:errors:rate1m fehlt: Buchstaben, Ziffern, _ und :</translation>
    </message>
    <message>
        <source>A name such as ErrorsHigh is needed: letters, digits and _</source>
        <translation>Ein Name wie ErrorsHigh fehlt: Buchstaben, Ziffern und _</translation>
    </message>
    <message>
        <source>The limit is no number.</source>
        <translation>Die Grenze ist keine Zahl.</translation>
    </message>
    <message>
        <source>%1 series · at %2 · %3 ms · %4</source>
        <translation>%1 Reihen · um %2 · %3 ms · %4</translation>
    </message>
    <message>
        <source>%1 series · step %2 · %3 points · %4 ms · %5</source>
        <translation>%1 Reihen · Schritt %2 · %3 Punkte · %4 ms · %5</translation>
    </message>
    <message>
        <source>%1: the first %2 of %3 series are here; narrow the selection to see the others.</source>
        <translation>%1: hier sind die ersten %2 von %3 Reihen; eine engere Auswahl zeigt die übrigen.</translation>
    </message>
    <message>
        <source>A step of %1 would give more than 11000 points a line; %2 is shown.</source>
        <translation>Ein Schritt von %1 gäbe mehr als 11000 Punkte je Linie; gezeigt wird %2.</translation>
    </message>
    <message>
        <source>The %1 largest of %2 series are drawn; the table has all.</source>
        <translation>Gezeichnet sind die %1 größten von %2 Reihen; die Tabelle hat alle.</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save table, CSV or TSV…</source>
        <translation>Tabelle speichern, CSV oder TSV…</translation>
    </message>
    <message>
        <source>err %1</source>
        <translation>Fehl. %1</translation>
    </message>
    <message>
        <source>free %1</source>
        <translation>frei %1</translation>
    </message>
    <message>
        <source>It did not hold long enough to judge it</source>
        <translation>Er galt nicht lange genug, um ihn zu beurteilen</translation>
    </message>
    <message>
        <source>Numbers yes, a verdict not yet: the first half minute settles</source>
        <translation>Zahlen ja, ein Urteil noch nicht: Die erste halbe Minute schwingt ein</translation>
    </message>
    <message>
        <source>Too little traffic to tell</source>
        <translation>Zu wenig Verkehr, um es zu sagen</translation>
    </message>
    <message>
        <source>held for %1</source>
        <translation>galt %1 lang</translation>
    </message>
    <message>
        <source>too early to judge (%1 of %2 s)</source>
        <translation>zu früh für ein Urteil (%1 von %2 s)</translation>
    </message>
    <message>
        <source>after %1 of 5 min</source>
        <translation>nach %1 von 5 min</translation>
    </message>
    <message>
        <source>after 5 min</source>
        <translation>nach 5 min</translation>
    </message>
    <message>
        <source>Nothing was measured before it: there is nothing to compare with</source>
        <translation>Davor wurde nichts gemessen: Es gibt nichts zum Vergleichen</translation>
    </message>
    <message>
        <source>FORCED OPEN by %1 – rejecting calls</source>
        <translation>VON HAND OFFEN (%1) – weist Aufrufe ab</translation>
    </message>
    <message>
        <source>FORCED CLOSED by %1 – passing calls</source>
        <translation>VON HAND GESCHLOSSEN (%1) – lässt Aufrufe durch</translation>
    </message>
    <message>
        <source>FORCED ON by %1</source>
        <translation>ERZWUNGEN AN von %1</translation>
    </message>
    <message>
        <source>FORCED OFF by %1</source>
        <translation>ERZWUNGEN AUS von %1</translation>
    </message>
</context>
<context>
    <name>holdfast::widgets::HoldChoice</name>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
</context>
</TS>
