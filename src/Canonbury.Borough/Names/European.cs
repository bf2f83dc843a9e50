namespace Canonbury.Borough.Names;

/// <summary>Names as in the rest of Europe, with the letters of their languages.</summary>
internal static class European
{
    public static IReadOnlyList<Origin> Origins { get; } =
    [
        Names.Origins.Of("Turkish", 45, "C", "tr",
            "Ayşe Fatma Emine Hatice Zeynep Elif Merve Zehra Büşra Esra Hülya Sevgi Gülsen Aylin Derya Özlem Pınar Selin Yasemin Nuray Meryem "
            + "Songül Tülay Defne Ebru",
            "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Murat Emre Can Burak Serkan Kemal Osman Yusuf Ömer Deniz Cem Volkan Tolga Erdal "
            + "Kadir Recep Barış Çetin",
            "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek "
            + "Polat Korkmaz Erdoğan Güneş Bulut"),
        Names.Origins.Of("Greek Cypriot", 22, "C", "el",
            "Maria Eleni Androulla Panayiota Despina Georgia Christina Sophia Katerina Anna Stella Chrystalla Loukia Irini Vasiliki Niki "
            + "Constantina Theodora Anastasia Marina Koulla Soulla Evangelia Yiota Athena",
            "Andreas Georgios Costas Christos Panayiotis Michalis Nicos Yiannis Kyriacos Antonis Marios Stelios Savvas Petros Loizos Demetris "
            + "Charalambos Theodoros Stavros Neophytos Pavlos Alexandros Leonidas Elias Takis",
            "Georgiou Christodoulou Ioannou Constantinou Andreou Charalambous Nicolaou Michael Kyriacou Demetriou Panayiotou Loizou Savva "
            + "Hadjigeorgiou Papadopoulos Theodorou Stavrou Christofi Antoniou Neophytou Petrou Pavlou Economou Stylianou Hadjiyiannis"),
        Names.Origins.Of("Italian", 34, "C", "it",
            "Giulia Maria Francesca Chiara Sara Martina Anna Elena Valentina Alessandra Silvia Paola Laura Federica Giovanna Rosa Lucia Teresa "
            + "Ilaria Beatrice Carmela Concetta Ludovica Ginevra Nicoletta",
            "Marco Andrea Francesco Alessandro Luca Matteo Giuseppe Antonio Giovanni Lorenzo Davide Simone Stefano Roberto Paolo Riccardo "
            + "Salvatore Vincenzo Domenico Niccolò Tommaso Edoardo Gianluca Emanuele Pasquale",
            "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti DeLuca Costa Giordano Mancini Rizzo "
            + "Lombardi Moretti Barbieri Fontana Santoro Caruso D'Angelo"),
        Names.Origins.Of("Polish", 28, "C", "pl",
            "Anna Katarzyna Agnieszka Magdalena Małgorzata Joanna Aleksandra Monika Ewa Zofia Julia Karolina Natalia Barbara Dorota Beata "
            + "Sylwia Justyna Iwona Grażyna Wiktoria Hanna Maja Kinga Bożena",
            "Piotr Krzysztof Tomasz Paweł Jan Michał Marcin Jakub Marek Łukasz Andrzej Grzegorz Adam Wojciech Mateusz Kamil Rafał Dariusz "
            + "Maciej Mariusz Zbigniew Szymon Filip Sławomir Bartosz",
            "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur "
            + "Kwiatkowski Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Górski"),
        Names.Origins.Of("French", 22, "C", "fr",
            "Camille Léa Manon Chloé Marie Sophie Julie Céline Émilie Claire Isabelle Hélène Mathilde Juliette Élodie Aurélie Margaux Inès Anaïs "
            + "Sandrine Véronique Nathalie Françoise Zoé Noémie",
            "Pierre Nicolas Julien Thomas Antoine Alexandre Guillaume François Mathieu Jérôme Sébastien Olivier Benoît Étienne Louis Hugo Rémi "
            + "Clément Adrien Frédéric Laurent Philippe Théo Gaël Thierry",
            "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia Bertrand Roux Vincent "
            + "Fournier Girard Lefebvre Mercier Faure Chevalier Béranger"),
        Names.Origins.Of("Spanish", 20, "C", "es",
            "María Carmen Laura Lucía Marta Paula Ana Cristina Sara Elena Raquel Pilar Beatriz Irene Nuria Silvia Rocío Inés Alba Mercedes "
            + "Teresa Sofía Montserrat Begoña Noelia",
            "José Antonio Manuel Javier David Daniel Carlos Miguel Alejandro Pablo Álvaro Sergio Jorge Rubén Diego Iván Adrián Raúl Andrés "
            + "Víctor Ignacio Jesús Gonzalo Íñigo Iker",
            "García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero "
            + "Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Iglesias"),
    ];
}
