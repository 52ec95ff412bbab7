"""Which offer was on air when: what the chart and the workbook mark with a star."""

from liveshop_desk.model.offers import OfferEdit, OfferOnAir, offers_on_air
from liveshop_desk.model.session import Kind, Pitch, Segment

DOWN = Segment("a", "s", 1, Kind.PITCH, "羽绒服", "down", offer="买一送一")
SCARF = Segment("b", "s", 2, Kind.PITCH, "围巾", "scarf")
FLASH = Segment("c", "s", 3, Kind.FLASH_SALE, "整点秒杀")
TALK = Segment("d", "s", 4, Kind.QA, "答疑")
OF_GOODS = {"down": "满300减30", "scarf": "第二件半价"}


def pitch(segment, start, end):
    return Pitch(f"p{start}", "s", segment.id, start, end)


def on_air(*pitches, edits=(), segments=(DOWN, SCARF, FLASH, TALK)):
    return [(each.at, each.text) for each in offers_on_air(segments, pitches, OF_GOODS, edits)]


def test_a_segments_own_offer_goes_before_its_products():
    found = on_air(pitch(DOWN, 10, 20), pitch(SCARF, 20, 30))
    assert found == [(10, "买一送一"), (20, "第二件半价")]


def test_a_flash_sale_is_one_without_words_and_talk_is_none():
    assert on_air(pitch(FLASH, 10, 20), pitch(TALK, 20, None)) == [(10, "整点秒杀")]


def test_each_return_is_marked_again():
    assert on_air(pitch(DOWN, 10, 20), pitch(DOWN, 40, None)) == [(10, "买一送一"), (40, "买一送一")]


def test_a_change_on_air_is_marked_when_it_came_and_the_take_keeps_its_text():
    edits = [OfferEdit(15, "a", "满200减20", "买一送一")]
    assert on_air(pitch(DOWN, 10, 20), edits=edits) == [(10, "满200减20"), (15, "买一送一")]


def test_a_products_change_counts_only_where_the_segment_has_no_text():
    edits = [OfferEdit(15, "down", "", "满300减30"), OfferEdit(25, "scarf", "", "第二件半价")]
    assert on_air(pitch(DOWN, 10, 20), pitch(SCARF, 20, 30), edits=edits) == [(10, "买一送一"), (25, "第二件半价")]


def test_a_change_after_the_show_does_not_change_the_show():
    edits = [OfferEdit(900, "a", "满200减20", "买一送一")]
    assert on_air(pitch(DOWN, 10, 20), edits=edits) == [(10, "满200减20")]


def test_an_offer_taken_away_and_put_back_is_said_again():
    edits = [OfferEdit(12, "b", "赠手套", ""), OfferEdit(14, "b", "", "赠手套")]
    kept = Segment("b", "s", 2, Kind.PITCH, "围巾", None, offer="赠手套")
    assert on_air(pitch(kept, 10, 20), edits=edits, segments=(kept,)) == [(10, "赠手套"), (14, "赠手套")]


def test_lines_are_one_line_and_a_pitch_of_a_segment_that_is_gone_is_passed_over():
    lines = Segment("a", "s", 1, Kind.PITCH, "羽绒服", offer="买一送一\n 赠袜子")
    found = offers_on_air([lines], [Pitch("p", "s", "a", 1), Pitch("q", "s", "gone", 5)], {})
    assert found == [OfferOnAir(1, "买一送一 赠袜子", "羽绒服")]
